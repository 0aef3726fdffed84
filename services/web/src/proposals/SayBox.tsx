import { Alert, Button, Group, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { sentence } from "~/api/problem";
import { UnmetHint } from "~/terms/UnmetHint";

interface SayBoxProps {
  label: string;
  text?: string;
  send: string;
  mayBeEmpty?: boolean;
  onSend: (text: string) => Promise<unknown>;
  onClose: () => void;
}

/** A few words to somebody. What was typed stays until it has arrived. */
export function SayBox({ label, text: before = "", send, mayBeEmpty = false, onSend, onClose }: SayBoxProps) {
  const [text, setText] = useState(before);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    try {
      await onSend(text.trim());
      onClose();
    } catch (error) {
      setProblem(sentence(error));
      setSending(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Textarea
        mt="sm"
        label={label}
        value={text}
        maxLength={5000}
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <UnmetHint text={text} />
      {problem && (
        <Alert color="red" variant="light" mt="sm" role="alert">
          {problem}
        </Alert>
      )}
      <Group gap="sm" mt="sm">
        <Button type="submit" loading={sending} disabled={!mayBeEmpty && !text.trim()}>
          {send}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
