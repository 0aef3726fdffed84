import { Button, type ButtonProps } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { usePrepare } from "~/meetings/prepare/usePrepare";

interface PrepareButtonProps extends ButtonProps {
  coachee: string;
  lesson?: string;
  any?: boolean;
}

/** One press from a lesson, or from a person, to the meeting about it. */
export function PrepareButton({ coachee, lesson, any, ...button }: PrepareButtonProps) {
  const { words, go, busy, ready } = usePrepare({ coachee, lesson, any });
  return (
    <Button
      variant="default"
      leftSection={<IconMessages size={22} />}
      loading={busy}
      disabled={!ready}
      onClick={go}
      {...button}
    >
      {words}
    </Button>
  );
}
