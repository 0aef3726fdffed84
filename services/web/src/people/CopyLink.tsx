import { Button, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useRef, useState } from "react";
import classes from "./CopyLink.module.css";

/** Something to hand over, shown once: read it, copy it. */
export function CopyLink({ label, value }: { label: string; value: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean>();
  const copy = async () => setCopied(await copyFrom(field.current, value));
  return (
    <>
      <div className={classes.row}>
        <TextInput
          ref={field}
          className={classes.grow}
          label={label}
          value={value}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          variant="light"
          onClick={copy}
          leftSection={copied ? <IconCheck size={20} /> : <IconCopy size={20} />}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
      <p className={classes.said} role="status">
        {copied === false && "Your browser won’t copy it. It is selected now: copy it by hand."}
      </p>
    </>
  );
}

/** Copies what a field holds. Over plain http browsers offer no clipboard; the older way still works there. */
async function copyFrom(field: HTMLInputElement | null, value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    field?.select();
    return document.execCommand("copy");
  }
}
