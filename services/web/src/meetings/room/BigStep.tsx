import { Title } from "@mantine/core";
import { useId } from "react";
import { Wording } from "~/coaching/Wording";
import classes from "./Room.module.css";

interface BigStepProps {
  label: string;
  goal: string;
  action: string;
  criteria: string[];
}

/** A step to be read by two people from a metre. */
export function BigStep({ label, goal, action, criteria }: BigStepProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.bigStep}>
      <p className={classes.label}>{label}</p>
      <Title order={2} id={id} className={classes.wording}>
        <Wording goal={goal} action={action} />
      </Title>
      <ol className={classes.criteria}>
        {criteria.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
    </section>
  );
}
