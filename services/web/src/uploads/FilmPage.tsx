import { SegmentedControl, Select, Text, Title } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { Me } from "~/api/types";
import { useMe } from "~/people/session";
import { Page } from "~/shared/Page";
import { firstName, list } from "~/shared/words";
import { Doors } from "~/uploads/Doors";
import { UploadCard } from "~/uploads/UploadCard";
import { inOrder, isUnfinished, type Upload, type Wishes } from "~/uploads/upload";
import { useUploads } from "~/uploads/useUploads";
import classes from "./FilmPage.module.css";

const route = getRouteApi("/inside/film");

/** A page to film on: whose it is, two doors, and what is on its way. */
export function FilmPage() {
  const search = route.useSearch();
  const me = useMe();
  const { uploader, uploads } = useUploads(me.id);
  const coachees = me.coaches.map(({ person }) => person);
  const [purpose, setPurpose] = useState<Wishes["purpose"]>(search.step ? "rehearsal" : "lesson");
  const [owner, setOwner] = useState<string>(search.for ?? me.id);

  const send = (files: File[]) => {
    const other = coachees.find((coachee) => coachee.id === owner);
    uploader.add(files, {
      purpose,
      ...(search.step ? { actionStep: search.step } : {}),
      ...(other ? { owner: other.id, ownerName: other.name } : {}),
    });
  };

  return (
    <Page
      title={search.step ? "Another go" : "Film"}
      lead={search.step ? `Rehearse your step on film. ${whoSees(me)}` : leadFor(me)}
      narrow
    >
      <div className={classes.wishes}>
        <SegmentedControl
          aria-label="What you’re filming"
          size="md"
          value={purpose}
          onChange={(value) => setPurpose(value as Wishes["purpose"])}
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
      </div>
      <Doors onFiles={send} />
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

function leadFor(me: Me): string | undefined {
  // A coach is asked below whose film it is, and told who sees it there.
  return me.coaches.length > 0 ? undefined : `Ten minutes of a lesson are plenty. ${whoSees(me)}`;
}

function whoSees(me: Me): string {
  const coaches = me.coached_by.map(({ person }) => firstName(person.name));
  return `Only you${coaches.length > 0 ? ` and ${list(coaches)}` : ""} can see it.`;
}

function headingFor(uploads: readonly Upload[]): string {
  if (uploads.some(isUnfinished)) return "On their way";
  return uploads.some(({ state }) => state === "sent") ? "Sent" : "Not sent";
}
