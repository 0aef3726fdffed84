import { Alert, Button, type MantineSpacing } from "@mantine/core";
import { sentence } from "~/api/problem";
import { useSaid } from "~/shared/said";
import { useAskAgain } from "~/shared/useAskAgain";
import { useComingBack } from "~/shared/useComingBack";
import classes from "./Trouble.module.css";

/** Part of a page couldn’t be fetched: what happened, and the way on. */
export function Trouble({ error, mt, mb }: { error: unknown; mt?: MantineSpacing; mb?: MantineSpacing }) {
  const askAgain = useAskAgain();
  useComingBack(error, askAgain);
  useSaid(error);
  return (
    <Alert color="red" variant="light" role="alert" mt={mt} mb={mb}>
      <div className={classes.row}>
        {sentence(error)}
        <Button variant="default" onClick={askAgain}>
          Try again
        </Button>
      </div>
    </Alert>
  );
}
