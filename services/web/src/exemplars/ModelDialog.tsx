import { Alert, Button, Modal, SegmentedControl, Skeleton, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentence } from "~/api/problem";
import type { Clip, Video } from "~/api/types";
import { actionStepsQuery, presentStep } from "~/coaching/api";
import { termExamplesQuery, usePropose } from "~/exemplars/api";
import { ExampleLine } from "~/exemplars/ExampleLine";
import { stepsQuery } from "~/library/api";
import { useMe } from "~/people/session";
import { useFocusBack } from "~/shared/useFocusBack";
import { firstName } from "~/shared/words";
import { termsQuery } from "~/terms/api";
import classes from "./ModelDialog.module.css";

const TYPING_MS = 200;
const SHOWN = 6;

interface ModelDialogProps {
  video: Video;
  /** Only this clip of the film. */
  clip?: Clip;
  onClose: () => void;
}

/** What of a film, or of a clip, is shown to others as a model; and proposing it. */
export function ModelDialog({ video, clip, onClose }: ModelDialogProps) {
  useFocusBack();
  const me = useMe();
  const mine = video.owner.id === me.id;
  const models = video.exemplars.filter((one) => (clip ? one.clip === clip.id : true));
  const terms = useQuery(termExamplesQuery);
  const words = terms.data?.filter((one) => one.clip.id === clip?.id) ?? [];
  return (
    <Modal opened onClose={onClose} title={clip ? "Show this clip to others" : "Show this film to others"}>
      {models.length + words.length > 0 && (
        <div className={classes.there}>
          {models.map((one) => (
            <ExampleLine
              key={one.id}
              example={{
                ...one,
                kind: "exemplar",
                owner: video.owner,
                shows: `Model: ${one.step.wording}`,
                may: { permit: mine, remove: one.proposed_by.id === me.id },
              }}
            />
          ))}
          {words.map((one) => (
            <ExampleLine
              key={one.id}
              example={{
                ...one,
                kind: "term_example",
                shows: `Our word: ${one.term.name}`,
                may: { permit: mine, remove: one.proposed_by.id === me.id },
              }}
            />
          ))}
        </div>
      )}
      {video.rights.clip && <Propose video={video} clip={clip} mine={mine} />}
    </Modal>
  );
}

function Propose({ video, clip, mine }: { video: Video; clip: Clip | undefined; mine: boolean }) {
  const propose = usePropose();
  const [as, setAs] = useState("step");
  const who = firstName(video.owner.name);
  const done = (what: Parameters<typeof propose.mutate>[0]) =>
    propose.mutate(what, {
      onSuccess: () =>
        notifications.show({
          message: mine
            ? "Proposed. Those who lead coaching decide."
            : `${who} is asked on their Today page.`,
        }),
    });
  return (
    <div className={classes.propose}>
      <Text c="dimmed">
        {mine
          ? "You propose it, those who lead coaching publish it. You can take it back at any time."
          : `${who} is asked first. Nobody else learns of it unless ${who} says yes.`}
      </Text>
      {clip && (
        <SegmentedControl
          fullWidth
          aria-label="As what"
          value={as}
          onChange={setAs}
          data={[
            { value: "step", label: "Model of a step" },
            { value: "term", label: "Example of a word" },
          ]}
        />
      )}
      {propose.error && (
        <Alert color="red" variant="default" role="alert">
          {sentence(propose.error)}
        </Alert>
      )}
      {as === "step" || !clip ? (
        <Steps
          ownerId={video.owner.id}
          busy={propose.isPending}
          onChoose={(step) => done({ step, ...(clip ? { clip: clip.id } : { video: video.id }) })}
        />
      ) : (
        <Terms busy={propose.isPending} onChoose={(term) => done({ term, clip: clip.id })} />
      )}
    </div>
  );
}

interface ChoiceProps {
  busy: boolean;
  onChoose: (id: string) => void;
}

/** The step that is being worked on first; any other by its words. */
function Steps({ ownerId, busy, onChoose }: ChoiceProps & { ownerId: string }) {
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed, TYPING_MS);
  const steps = useQuery(stepsQuery({ q }));
  const own = useInfiniteQuery(actionStepsQuery(ownerId));
  const present = presentStep(own.data);
  const rows = (steps.data ?? []).map(({ id, wording }) => ({ id, words: wording }));
  const first = q || !present?.step ? [] : [{ id: present.step, words: present.wording }];
  const shown = [...first, ...rows.filter(({ id }) => id !== first[0]?.id)].slice(0, SHOWN);
  return (
    <>
      <Search label="Which step does it show?" value={typed} onChange={setTyped} />
      {steps.isPending ? <Skeleton h={160} /> : <Choices rows={shown} busy={busy} onChoose={onChoose} />}
    </>
  );
}

function Terms({ busy, onChoose }: ChoiceProps) {
  const [q, setQ] = useState("");
  const terms = useQuery(termsQuery);
  const shown = (terms.data ?? [])
    .filter(({ name }) => name.toLowerCase().includes(q.trim().toLowerCase()))
    .slice(0, SHOWN)
    .map(({ id, name }) => ({ id, words: name }));
  return (
    <>
      <Search label="Which word does it show?" value={q} onChange={setQ} />
      {terms.isPending ? <Skeleton h={160} /> : <Choices rows={shown} busy={busy} onChoose={onChoose} />}
    </>
  );
}

function Search(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      type="search"
      label={props.label}
      placeholder="In your own words"
      leftSection={<IconSearch size={20} aria-hidden="true" />}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

function Choices({ rows, busy, onChoose }: ChoiceProps & { rows: { id: string; words: string }[] }) {
  if (rows.length === 0) return <Text c="dimmed">Nothing by those words. Try fewer.</Text>;
  return (
    <ul className={classes.choices}>
      {rows.map(({ id, words }) => (
        <li key={id}>
          <span>{words}</span>
          <Button
            variant="light"
            disabled={busy}
            onClick={() => onChoose(id)}
            aria-label={`Propose for: ${words}`}
          >
            Propose
          </Button>
        </li>
      ))}
    </ul>
  );
}
