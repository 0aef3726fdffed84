import { Button, Modal, Text } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { DialogActions } from "~/shared/DialogActions";

interface Question {
  title: string;
  detail: string;
  yes: string;
  no?: string;
  /** The answer cannot be undone. */
  grave?: boolean;
}

let open: { question: Question; answer: (sure: boolean) => void } | undefined;
const listeners = new Set<() => void>();

function show(next: typeof open): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Asks before something is lost. Answers true when the person is sure. */
export function ask(question: Question): Promise<boolean> {
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
  const answer = (sure: boolean) => {
    current?.answer(sure);
    show(undefined);
  };
  return (
    <Modal opened={current !== undefined} onClose={() => answer(false)} title={current?.question.title}>
      <Text c="dimmed">{current?.question.detail}</Text>
      <DialogActions>
        <Button variant="default" onClick={() => answer(false)} data-autofocus>
          {current?.question.no ?? "Keep it"}
        </Button>
        <Button color={current?.question.grave ? "red.9" : undefined} onClick={() => answer(true)}>
          {current?.question.yes}
        </Button>
      </DialogActions>
    </Modal>
  );
}
