import { Suspense, useState, useSyncExternalStore } from "react";
import { late } from "~/shared/late";

export interface Question {
  title: string;
  detail: string;
  yes: string;
  no?: string;
  /** The answer cannot be undone. */
  grave?: boolean;
}

let open: { question: Question; answer: (sure: boolean) => void } | undefined;
const listeners = new Set<() => void>();

const load = () => import("~/shared/QuestionDialog");
const QuestionDialog = late(load, "QuestionDialog");

function show(next: typeof open): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Asks before something is lost. Answers true when the person is sure. */
export async function ask(question: Question): Promise<boolean> {
  try {
    await load();
  } catch {
    // No network, and the dialog was never here before: the browser's own will do.
    return window.confirm(`${question.title}\n\n${question.detail}`);
  }
  return new Promise((answer) => show({ question, answer }));
}

/** Where questions appear; once, at the root. */
export function Questions() {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
  const [asked, setAsked] = useState<Question>();
  if (current && current.question !== asked) setAsked(current.question);
  const answer = (sure: boolean) => {
    current?.answer(sure);
    show(undefined);
  };
  return asked ? (
    <Suspense fallback={null}>
      <QuestionDialog question={asked} opened={current !== undefined} onAnswer={answer} />
    </Suspense>
  ) : null;
}
