import { Button, Text, Title } from "@mantine/core";
import classes from "./JoinPage.module.css";

type Why = "none" | "ended" | "wrong" | "unreachable";

const WORDS: Record<Why, { title: string; detail: string }> = {
  none: {
    title: "Scan the code first",
    detail: "On the laptop, choose “Film with your phone”. Then point this phone’s camera at the code there.",
  },
  ended: {
    title: "This code has ended",
    detail:
      "Codes are short-lived. Ask for a new one on the laptop and scan it; films that were begun still arrive.",
  },
  wrong: {
    title: "We don’t know this code",
    detail: "Perhaps only part of the address came along. Please scan the code on the laptop once more.",
  },
  unreachable: {
    title: "We can’t reach Pennydrop just now",
    detail: "Check that this phone has a network. Nothing that was filmed is lost.",
  },
};

/** There is no code to film by: why, and what to do. */
export function NoCode({ why, onRetry }: { why: Why; onRetry?: () => void }) {
  const { title, detail } = WORDS[why];
  return (
    <>
      <Title order={1}>{title}</Title>
      <Text c="dimmed" className={classes.wording}>
        {detail}
      </Text>
      {onRetry && (
        <Button size="lg" mt="lg" onClick={onRetry}>
          Try again
        </Button>
      )}
    </>
  );
}
