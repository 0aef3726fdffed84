import { Alert, Button, Group, NativeSelect, Skeleton, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { sentence } from "~/api/problem";
import { useSetStep } from "~/coaching/api";
import { Wording } from "~/coaching/Wording";
import { builderQuery } from "~/library/api";
import { useChangeMeeting } from "~/meetings/api";
import { useMe } from "~/people/session";
import { Card } from "~/shared/Card";
import { Trouble } from "~/shared/Trouble";
import { firstName } from "~/shared/words";
import classes from "./Context.module.css";

const TYPING_MS = 200;

interface ContextProps {
  step: string;
  coachee: string | undefined;
  /** The meeting that is being prepared: there the step is only kept in mind. */
  meeting: string | undefined;
}

/** The last screen: the step in the words of one situation, ready to be set. */
export function Context({ step, coachee, meeting }: ContextProps) {
  const me = useMe();
  const navigate = useNavigate();
  const setStep = useSetStep();
  const [who, setWho] = useState("");
  const [when, setWhen] = useState("");
  const [person, setPerson] = useState(coachee ?? me.coaches[0]?.person.id ?? "");
  const [said] = useDebouncedValue({ who, when }, TYPING_MS);
  const { data, error } = useQuery(builderQuery({ step, ...said }));
  const built = data?.built;
  const coached = me.coaches.find((pair) => pair.person.id === person)?.person;
  if (!built) return error ? <Trouble error={error} /> : <Skeleton h={320} radius={18} />;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { goal, action, criteria, why } = built;
    setStep.mutate(
      { coachee: person, step: built.step, goal, action, criteria, why },
      { onSuccess: () => navigate({ to: "/people/$id", params: { id: person } }) },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          label="With whom?"
          placeholder="my Year 2 readers"
          value={who}
          onChange={(event) => setWho(event.currentTarget.value)}
        />
        <TextInput
          label="When?"
          placeholder="in guided reading"
          value={when}
          onChange={(event) => setWhen(event.currentTarget.value)}
        />
        <Card aria-live="polite">
          <p className={classes.wording}>
            <Wording goal={built.goal} action={built.action} />
          </p>
          <ol className={classes.criteria}>
            {built.criteria.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ol>
        </Card>
        {me.coaches.length > 1 && (
          <NativeSelect
            label="For"
            value={person}
            onChange={(event) => setPerson(event.currentTarget.value)}
            data={me.coaches.map((pair) => ({ value: pair.person.id, label: pair.person.name }))}
          />
        )}
        {(error || setStep.isError) && <Failure error={error ?? setStep.error} />}
        {meeting && <KeepInMind meeting={meeting} step={built.step} />}
        {coached && !meeting && (
          <Group>
            <Button type="submit" size="lg" loading={setStep.isPending}>
              Set this step for {firstName(coached.name)}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** The two agree it when they meet; until then the coach has it in mind. */
function KeepInMind({ meeting, step }: { meeting: string; step: string }) {
  const navigate = useNavigate();
  const change = useChangeMeeting(meeting);
  const keep = () =>
    change.mutate(
      { library_step: step },
      { onSuccess: () => navigate({ to: "/meetings/$id/prepare", params: { id: meeting } }) },
    );
  return (
    <Stack gap="sm">
      {change.isError && <Failure error={change.error} />}
      <Group>
        <Button size="lg" loading={change.isPending} onClick={keep}>
          Take it to the meeting
        </Button>
      </Group>
    </Stack>
  );
}

function Failure({ error }: { error: unknown }) {
  return (
    <Alert color="red" variant="light" role="alert">
      {sentence(error)}
    </Alert>
  );
}
