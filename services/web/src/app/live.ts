import { useEffect, useSyncExternalStore } from "react";
import { keys } from "~/api/keys";
import { queryClient } from "~/app/queryClient";

/** What the server tells: something about `id` is different now. */
interface Change {
  topic: string;
  id: string;
  video?: string | null;
}

const TOPICS = [
  "video",
  "moment",
  "clip",
  "action_step",
  "round",
  "meeting",
  "proposal",
  "exemplar",
  "term_example",
  "step",
  "term",
];
const RETRY_MS = 5_000;

let live = false;
const listeners = new Set<() => void>();

function setLive(value: boolean): void {
  live = value;
  for (const listener of listeners) listener();
}

/** Forgets whatever a change makes stale, so that it is asked again where it is on the screen. */
export function staleAfter(change: Change): readonly (readonly string[])[] {
  const video = change.video ?? (change.topic === "video" ? change.id : undefined);
  switch (change.topic) {
    case "video":
      return [keys.videos, keys.video(change.id), keys.actionSteps, keys.meetings];
    case "moment":
      return video ? [keys.moments(video)] : [];
    case "clip":
      return [keys.clips, keys.clip(change.id), keys.actionSteps, ...(video ? [keys.videoClips(video)] : [])];
    case "action_step":
    case "round":
    case "meeting":
      return [keys.actionSteps, keys.meetings];
    case "proposal":
      return [keys.proposals, keys.actionSteps];
    case "exemplar":
    case "term_example":
      return [keys.exemplars, keys.library, keys.actionSteps];
    case "step":
      return [keys.libraryStep, keys.exemplars];
    case "term":
      return [keys.terms, keys.exemplars];
    default:
      return [];
  }
}

/** Changes come in flocks (a film being made ready tells a dozen): what they make stale is asked again once. */
const FLOCK_MS = 150;

const stale = new Map<string, readonly string[]>();

function hear(event: MessageEvent<string>): void {
  if (stale.size === 0) window.setTimeout(forget, FLOCK_MS);
  for (const key of staleAfter(JSON.parse(event.data) as Change)) stale.set(key.join(" "), key);
}

function forget(): void {
  const told = [...stale.values()];
  stale.clear();
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => told.some((key) => key.every((part, at) => queryKey[at] === part)),
  });
}

/**
 * Listens to the server for as long as the component is there and somebody can see it. A browser keeps six lines to a
 * server: tabs in the background that held one each would leave none to the tab in front.
 */
export function useLiveChanges(): void {
  useEffect(() => {
    let source: EventSource | undefined;
    let retry: number | undefined;
    const listen = () => {
      source = new EventSource("/api/v1/events");
      source.onopen = () => {
        setLive(true);
        // The server was away: nobody heard what it told, and what this page couldn’t get it gets now.
        if (retry) void queryClient.invalidateQueries();
        retry = undefined;
      };
      source.onmessage = hear;
      for (const topic of TOPICS) source.addEventListener(topic, hear);
      source.onerror = () => {
        setLive(false);
        // The browser tries again by itself, unless the answer was an error.
        if (source?.readyState === EventSource.CLOSED) retry = window.setTimeout(listen, RETRY_MS);
      };
    };
    const hangUp = () => {
      window.clearTimeout(retry);
      source?.close();
      source = undefined;
      setLive(false);
    };
    const look = () => {
      if (document.hidden) {
        hangUp();
      } else if (!source) {
        listen();
        // What was told meanwhile, nobody heard.
        void queryClient.invalidateQueries();
      }
    };
    if (!document.hidden) listen();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      hangUp();
    };
  }, []);
}

/** How often to ask for something that is being worked on: rarely while the server tells by itself. */
export function usePollEvery(): number {
  const told = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => live,
  );
  return told ? 20_000 : 3_000;
}
