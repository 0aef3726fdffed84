import { Alert, Button, type ButtonProps, Modal, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconBulb } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { sentence } from "~/api/problem";
import type { Me } from "~/api/types";
import { useMe } from "~/people/session";
import { usePropose } from "~/proposals/api";
import { DialogActions } from "~/shared/DialogActions";
import { useFocusBack } from "~/shared/useFocusBack";
import { firstName, list } from "~/shared/words";

interface ProposeProps {
  /** A step of the library; without one, own words say it all. */
  step?: { id: string; wording: string };
}

/** A coachee's own say: which step she would like to work on. Only for who is coached. */
export function ProposeButton({
  step,
  children,
  ...props
}: ProposeProps & ButtonProps & { children: string }) {
  const me = useMe();
  const [open, setOpen] = useState(false);
  if (!me.is_coachee) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconBulb size={20} />} {...props} onClick={() => setOpen(true)}>
        {children}
      </Button>
      {open && <ProposeDialog step={step} me={me} onClose={() => setOpen(false)} />}
    </>
  );
}

function ProposeDialog({ step, me, onClose }: ProposeProps & { me: Me; onClose: () => void }) {
  useFocusBack();
  const propose = usePropose();
  const [words, setWords] = useState("");
  const coaches = list(me.coached_by.map(({ person }) => firstName(person.name)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    propose.mutate(
      { words: words.trim(), ...(step ? { step: step.id } : {}) },
      {
        onSuccess: () => {
          notifications.show({ message: `${coaches} can read it now. You two decide.` });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title="What would you like to work on?">
      <form onSubmit={submit}>
        {step && <p>{step.wording}</p>}
        <Textarea
          label={step ? "Why this one (if you like)" : "In your own words"}
          placeholder={step ? undefined : "I’d like to get better at …"}
          minRows={3}
          value={words}
          maxLength={5000}
          data-autofocus
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {propose.isError && (
          <Alert color="red" variant="light" mt="md" role="alert">
            {sentence(propose.error)}
          </Alert>
        )}
        <DialogActions>
          <Button type="submit" disabled={!step && !words.trim()} loading={propose.isPending}>
            Tell {coaches}
          </Button>
        </DialogActions>
      </form>
    </Modal>
  );
}
