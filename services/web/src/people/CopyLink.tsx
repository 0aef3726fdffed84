import { Button, CopyButton, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import classes from "./CopyLink.module.css";

/** Something to hand over, shown once: read it, copy it. */
export function CopyLink({ label, value }: { label: string; value: string }) {
  return (
    <div className={classes.row}>
      <TextInput
        className={classes.grow}
        label={label}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button
            variant="light"
            onClick={copy}
            leftSection={copied ? <IconCheck size={20} /> : <IconCopy size={20} />}
          >
            {copied ? "Copied" : "Copy"}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
