import { Alert, Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { sentence } from "~/api/problem";
import { UnmetHint } from "~/terms/UnmetHint";
import { useHalfWritten } from "~/watch/moments/useHalfWritten";
import classes from "./ReplyBox.module.css";

/** Answers a moment. What was typed stays until it is sent. */
export function ReplyBox({
  momentId,
  onSend,
  onClose,
}: {
  momentId: string;
  onSend: (text: string) => Promise<void>;
  onClose: () => void;
}) {
  const [written, setWritten] = useHalfWritten<string>(`reply.${momentId}`);
  const text = written ?? "";
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const send = async () => {
    if (!text.trim()) return;
    setSending(true);
    try {
      await onSend(text.trim());
      setWritten(null);
      onClose();
    } catch (error) {
      setProblem(sentence(error));
      setSending(false);
    }
  };
  return (
    <div className={classes.box}>
      <Textarea
        aria-label="Your reply"
        placeholder="Your reply"
        value={text}
        autoFocus
        maxLength={5000}
        onChange={(event) => setWritten(event.currentTarget.value || null)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <UnmetHint text={text} />
      {problem && (
        <Alert color="red" variant="light" role="alert">
          {problem}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={() => void send()} loading={sending} disabled={!text.trim()}>
          Reply
        </Button>
      </Group>
    </div>
  );
}
