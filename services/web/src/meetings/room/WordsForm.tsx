import { ActionIcon, Button, Textarea } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { StepWords } from "~/meetings/room/useAgree";
import classes from "./WordsForm.module.css";

interface WordsFormProps {
  words: StepWords;
  /** A step that was set keeps its criteria, marks hang on them; their words may change. */
  isSet: boolean;
  label: string;
  saving: boolean;
  onSave: (words: StepWords) => void;
  onCancel: () => void;
}

/** A step in the two people’s own words. */
export function WordsForm({ words, isSet, label, saving, onSave, onCancel }: WordsFormProps) {
  const [goal, setGoal] = useState(words.goal);
  const [action, setAction] = useState(words.action);
  const [criteria, setCriteria] = useState(() => words.criteria.map((text, key) => ({ key, text })));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const texts = criteria.map(({ text }) => text.trim());
    onSave({ goal: goal.trim(), action: action.trim(), criteria: isSet ? texts : texts.filter(Boolean) });
  };
  const add = () =>
    setCriteria([...criteria, { key: Math.max(-1, ...criteria.map(({ key }) => key)) + 1, text: "" }]);
  return (
    <form onSubmit={submit} className={classes.form}>
      <Textarea
        label="What for"
        size="lg"
        minRows={1}
        required
        withAsterisk={false}
        value={goal}
        onChange={(event) => setGoal(event.currentTarget.value)}
      />
      <Textarea
        label="By doing what"
        size="lg"
        minRows={1}
        required
        withAsterisk={false}
        value={action}
        onChange={(event) => setAction(event.currentTarget.value)}
      />
      <fieldset className={classes.criteria}>
        <legend>What you’ll both see and hear</legend>
        {criteria.map(({ key, text }, place) => (
          <div key={key} className={classes.criterion}>
            <Textarea
              size="lg"
              minRows={1}
              required={isSet}
              aria-label={`Success criterion ${place + 1}`}
              value={text}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setCriteria(criteria.map((one) => (one.key === key ? { key, text: value } : one)));
              }}
            />
            {!isSet && (
              <ActionIcon
                color="gray"
                aria-label={`Leave out criterion ${place + 1}`}
                onClick={() => setCriteria(criteria.filter((one) => one.key !== key))}
              >
                <IconX size={22} />
              </ActionIcon>
            )}
          </div>
        ))}
        {!isSet && (
          <Button variant="subtle" leftSection={<IconPlus size={20} />} onClick={add}>
            Add a criterion
          </Button>
        )}
      </fieldset>
      <div className={classes.actions}>
        <Button type="submit" size="lg" loading={saving}>
          {label}
        </Button>
        <Button variant="subtle" color="gray" size="lg" onClick={onCancel}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
