import { Alert, Button, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentence } from "~/api/problem";
import type { ActionStep, MeetingClip, Proposal, StepSummary } from "~/api/types";
import { stepQuery } from "~/library/api";
import { BigStep } from "~/meetings/room/BigStep";
import { Answering, Proposed } from "~/meetings/room/Proposed";
import type { StageProps } from "~/meetings/room/Room";
import { type StepWords, useAgree } from "~/meetings/room/useAgree";
import { WordsForm } from "~/meetings/room/WordsForm";
import { StepPicker } from "~/meetings/StepPicker";
import { firstName } from "~/shared/words";
import classes from "./Room.module.css";

// The search hears no more letters than these.
const MAX_ASKED = 200;

interface AgreeStageProps extends StageProps {
  shown: MeetingClip | undefined;
}

/** The one thing to work on: agreed in a press, in the two people’s own words. */
export function AgreeStage({ meeting, me, shown }: AgreeStageProps) {
  const [choosing, setChoosing] = useState(false);
  const agreed = meeting.action_step;
  const isCoach = meeting.rights.prepare && meeting.coach.id === me.id;
  if (agreed && !choosing) {
    return <Agreed {...{ meeting, agreed }} onOther={isCoach ? () => setChoosing(true) : undefined} />;
  }
  if (!isCoach) {
    return (
      <div className={classes.alone}>
        <p className={classes.say}>Which one small change would make the most difference?</p>
        <p>When you two have agreed, your step appears here.</p>
        {meeting.coachee.id === me.id && <Proposed meeting={meeting} title="You would rather work on" />}
      </div>
    );
  }
  return <Choose meeting={meeting} shown={shown} onChosen={() => setChoosing(false)} />;
}

interface AgreedProps extends Pick<StageProps, "meeting"> {
  agreed: ActionStep;
  onOther: (() => void) | undefined;
}

function Agreed({ meeting, agreed, onOther }: AgreedProps) {
  const [wording, setWording] = useState(false);
  const { reword } = useAgree(meeting);
  if (wording) {
    return (
      <div className={classes.alone}>
        <WordsForm
          words={wordsOf(agreed)}
          isSet
          label="Keep these words"
          saving={reword.isPending}
          onSave={(words) => reword.mutate({ step: agreed, words }, { onSuccess: () => setWording(false) })}
          onCancel={() => setWording(false)}
        />
        {reword.isError && <Failure error={reword.error} />}
      </div>
    );
  }
  const goesOn = agreed.id === meeting.previous?.id;
  return (
    <div className={classes.alone}>
      <BigStep
        label={
          goesOn
            ? `${firstName(meeting.coachee.name)} goes on with`
            : `${firstName(meeting.coachee.name)}’s step`
        }
        {...wordsOf(agreed)}
      />
      {onOther && (
        <div className={classes.buttons}>
          <Button variant="default" onClick={() => setWording(true)}>
            Change the words
          </Button>
          <Button variant="subtle" onClick={onOther}>
            Another step
          </Button>
        </div>
      )}
    </div>
  );
}

interface ChooseProps extends Pick<AgreeStageProps, "meeting" | "shown"> {
  onChosen: () => void;
}

function Choose({ meeting, shown, onChosen }: ChooseProps) {
  const { agree } = useAgree(meeting);
  const [picked, setPicked] = useState<string | null>(meeting.library_step);
  const [searching, setSearching] = useState(false);
  const [wording, setWording] = useState(false);
  /** A proposal in her own words, for which the two look for a step. */
  const [answering, setAnswering] = useState<Proposal>();
  const step = useQuery({ ...stepQuery(picked ?? ""), enabled: picked !== null }).data;
  // The moment that showed why: what was watched last, unless that was praise.
  const why = shown?.purpose === "probe" ? shown : meeting.clips.find(({ purpose }) => purpose === "probe");
  const name = firstName(meeting.coachee.name);
  const set = (words: StepWords) =>
    agree.mutate(
      {
        words,
        ...(step ? { step: step.id } : {}),
        ...(why ? { clip: why.clip.id } : {}),
        ...(answering ? { proposal: answering } : {}),
      },
      { onSuccess: onChosen },
    );
  const accept = (proposal: Proposal, step: string) =>
    agree.mutate({ step, proposal, ...(why ? { clip: why.clip.id } : {}) }, { onSuccess: onChosen });
  const lookFor = (proposal: Proposal) => {
    setAnswering(proposal);
    setPicked(null);
    setSearching(true);
  };
  const pick = ({ id }: StepSummary) => {
    setPicked(id);
    setSearching(false);
  };
  const words = step && { ...step, criteria: step.criteria.map(({ text }) => text) };

  return (
    <div className={classes.alone}>
      {agree.isError && <Failure error={agree.error} />}
      {answering && <Answering name={name} proposal={answering} onLeave={() => setAnswering(undefined)} />}
      {wording ? (
        <WordsForm
          key={picked}
          words={words ?? { goal: "", action: "", criteria: [""] }}
          isSet={false}
          label="Agree these words"
          saving={agree.isPending}
          onSave={set}
          onCancel={() => setWording(false)}
        />
      ) : (
        <>
          {words && !searching && (
            <>
              <BigStep label="In mind" {...words} />
              <div className={classes.buttons}>
                <Button size="lg" loading={agree.isPending} onClick={() => set(words)}>
                  Agree this step
                </Button>
                <Button size="lg" variant="default" onClick={() => setWording(true)}>
                  In your own words
                </Button>
                <Button size="lg" variant="subtle" onClick={() => setSearching(true)}>
                  Another step
                </Button>
              </div>
              {why && (
                <p className={classes.quiet}>
                  It is set from the clip “{why.clip.title}”, so that {name} finds the moment again.
                </p>
              )}
            </>
          )}
          {!words && !searching && (
            <p className={classes.say}>Which one small change would make the most difference?</p>
          )}
          {searching && (
            <StepPicker key={answering?.id} q={answering?.words.slice(0, MAX_ASKED)} onPick={pick} />
          )}
          {(!words || searching) && (
            <div className={classes.buttons}>
              <Button
                size="lg"
                variant={searching ? "default" : "filled"}
                onClick={() => setSearching(!searching)}
              >
                {searching ? "Close the library" : "Choose from the library"}
              </Button>
              <Button size="lg" variant="default" onClick={() => setWording(true)}>
                Word one together
              </Button>
            </div>
          )}
        </>
      )}
      {!wording && !searching && !answering && (
        <Proposed meeting={meeting} title={`${name} would rather work on`}>
          {(proposal) => (
            <Button
              variant="default"
              loading={agree.isPending}
              onClick={() => (proposal.step ? accept(proposal, proposal.step) : lookFor(proposal))}
            >
              {proposal.step ? "Agree to this" : "Find a step for it"}
            </Button>
          )}
        </Proposed>
      )}
      {meeting.previous && !wording && !searching && (
        <section className={classes.present} aria-labelledby="present">
          <Title order={2} id="present" className={classes.label}>
            Or go on with the present step
          </Title>
          <p className={classes.presentWords}>{meeting.previous.wording}</p>
          <Button
            variant="default"
            loading={agree.isPending}
            onClick={() => agree.mutate({ keep: meeting.previous?.id ?? "" }, { onSuccess: onChosen })}
          >
            Keep practising this
          </Button>
        </section>
      )}
    </div>
  );
}

function wordsOf({ goal, action, criteria }: ActionStep): StepWords {
  return { goal, action, criteria: criteria.map(({ text }) => text) };
}

function Failure({ error }: { error: unknown }) {
  return (
    <Alert color="red" variant="light" role="alert">
      {sentence(error)}
    </Alert>
  );
}
