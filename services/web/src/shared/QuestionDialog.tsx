import { Button, Modal, Text } from "@mantine/core";
import type { Question } from "~/shared/ask";
import { DialogActions } from "~/shared/DialogActions";
import { useFocusBack } from "~/shared/useFocusBack";

interface Props {
  question: Question;
  opened: boolean;
  onAnswer: (sure: boolean) => void;
}

/** What `ask` opens. Comes with the first question, as most visits ask none. */
export function QuestionDialog({ question, opened, onAnswer }: Props) {
  useFocusBack(opened);
  return (
    <Modal opened={opened} onClose={() => onAnswer(false)} title={question.title}>
      <Text c="dimmed">{question.detail}</Text>
      <DialogActions>
        <Button variant="default" onClick={() => onAnswer(false)} data-autofocus>
          {question.no ?? "Keep it"}
        </Button>
        <Button color={question.grave ? "red.9" : undefined} onClick={() => onAnswer(true)}>
          {question.yes}
        </Button>
      </DialogActions>
    </Modal>
  );
}
