import { SegmentedControl, Select, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import type { Me } from "~/api/types";
import { actionStepQuery } from "~/coaching/api";
import { openCamera } from "~/filming/opened";
import { rememberedWay, rememberWay } from "~/filming/preference";
import { useCanFilm } from "~/filming/useCanFilm";
import { useMe } from "~/people/session";
import { late } from "~/shared/late";
import { Page } from "~/shared/Page";
import { firstName, list } from "~/shared/words";
import { Doors } from "~/uploads/Doors";
import { ForStep, useForStep } from "~/uploads/ForStep";
import { UploadCard } from "~/uploads/UploadCard";
import { inOrder, isUnfinished, type Upload, type Wishes } from "~/uploads/upload";
import { useUploads } from "~/uploads/useUploads";
import classes from "./FilmPage.module.css";

const JoinCode = late(() => import("~/filming/JoinCode"), "JoinCode");

const route = getRouteApi("/inside/film");

/** A page to film on: whose it is, two doors, and what is on its way. */
export function FilmPage() {
  const search = route.useSearch();
  const me = useMe();
  const { uploader, uploads } = useUploads(me.id);
  const coachees = me.coaches.map(({ person }) => person);
  const [purpose, setPurpose] = useState<Wishes["purpose"]>(search.step ? "rehearsal" : "lesson");
  const [owner, setOwner] = useState<string>(search.for ?? me.id);

  const [way, setWay] = useState(() => rememberedWay(purpose));
  const [joining, setJoining] = useState(false);
  const canFilm = useCanFilm();
  const client = useQueryClient();
  // The step that the page was opened for is one person's.
  const asked = owner === (search.for ?? me.id) ? search.step : undefined;
  const rehearsed = useForStep(asked, owner, purpose === "rehearsal");
  const { id: stepId } = rehearsed;

  const choose = (next: Wishes["purpose"]) => {
    setPurpose(next);
    setWay(rememberedWay(next));
  };
  const other = coachees.find((coachee) => coachee.id === owner);
  const their = other && firstName(other.name);
  const isGo = asked !== undefined && purpose === "rehearsal";
  const wishes: Wishes = {
    purpose,
    ...(stepId && purpose !== "model" ? { actionStep: stepId } : {}),
    ...(other ? { owner: other.id, ownerName: other.name } : {}),
  };

  const film = async () => {
    // What to look out for comes along if it can be had; without a network one films all the same.
    const fetchStep = (id: string) => client.fetchQuery(actionStepQuery(id)).catch(() => undefined);
    const known = rehearsed.step ?? (await (stepId ? fetchStep(stepId) : undefined));
    openCamera({
      wishes,
      title: known?.action ?? FILMING[purpose],
      criteria: purpose === "lesson" ? [] : known?.criteria.map(({ text }) => text),
    });
  };

  return (
    <Page title={isGo ? "Another go" : "Film"} lead={isGo ? goLead(me, their) : leadFor(me, purpose)} narrow>
      <div className={classes.wishes}>
        <SegmentedControl
          aria-label="What you’re filming"
          size="md"
          value={purpose}
          onChange={(value) => choose(value as Wishes["purpose"])}
          data={[
            { value: "lesson", label: "A lesson" },
            { value: "rehearsal", label: "A rehearsal" },
            ...(me.is_coach ? [{ value: "model", label: "A model" }] : []),
          ]}
        />
        {coachees.length > 0 && (
          <Select
            label="Whose film is it?"
            description={
              owner === me.id ? `Yours. ${whoSees(me)}` : "Theirs: they can watch it, share it and delete it."
            }
            data={[
              { value: me.id, label: "Mine" },
              ...coachees.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={owner}
            onChange={(value) => setOwner(value ?? me.id)}
            allowDeselect={false}
            comboboxProps={{ shadow: "md" }}
          />
        )}
        {purpose !== "model" && <ForStep rehearsed={rehearsed} whose={their ? `${their}’s` : "your"} />}
      </div>
      <Doors
        onFiles={(files) => uploader.add(files, wishes)}
        onFilmHere={canFilm ? () => void film() : undefined}
        first={way}
        onPrefer={(next) => {
          rememberWay(purpose, next);
          setWay(next);
        }}
        onJoin={stepId && purpose === "rehearsal" ? () => setJoining(!joining) : undefined}
        joining={joining}
      />
      <Suspense fallback={null}>
        {joining && stepId && purpose === "rehearsal" && (
          <div className={classes.join}>
            <JoinCode key={stepId} actionStep={stepId} />
          </div>
        )}
      </Suspense>
      {uploads.length > 0 && (
        <section className={classes.way} aria-labelledby="on-their-way">
          <Title order={2} id="on-their-way">
            {headingFor(uploads)}
          </Title>
          {uploads.some((upload) => upload.state === "sending") && (
            <Text c="dimmed">
              Keep Pennydrop open while it sends. If the network goes, it goes on by itself later.
            </Text>
          )}
          <ul className={classes.list}>
            {inOrder(uploads).map((upload) => (
              <UploadCard key={upload.id} upload={upload} uploader={uploader} />
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

const FILMING: Record<Wishes["purpose"], string> = {
  lesson: "A lesson",
  rehearsal: "A rehearsal",
  model: "A model",
  meeting: "A meeting",
};

function goLead(me: Me, their: string | undefined): string {
  return their
    ? `${their}’s step on film. You and ${their} can see it.`
    : `Rehearse your step on film. ${whoSees(me)}`;
}

function leadFor(me: Me, purpose: Wishes["purpose"]): string | undefined {
  // A coach is asked below whose film it is, and told who sees it there.
  if (me.coaches.length > 0) return undefined;
  return `${purpose === "lesson" ? "Ten minutes of a lesson are plenty. " : ""}${whoSees(me)}`;
}

function whoSees(me: Me): string {
  const coaches = me.coached_by.map(({ person }) => firstName(person.name));
  return `Only you${coaches.length > 0 ? ` and ${list(coaches)}` : ""} can see it.`;
}

function headingFor(uploads: readonly Upload[]): string {
  if (uploads.some(isUnfinished)) return "On their way";
  const sent = uploads.filter(({ state }) => state === "sent");
  if (sent.length === uploads.length) return "Sent";
  return sent.length > 0 ? "Not all sent" : "Not sent";
}
