import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { isNotFound } from "~/api/problem";
import type { Me, Meeting } from "~/api/types";
import { FailedPage, NotFoundPage } from "~/app/ProblemPage";
import { meetingQuery } from "~/meetings/api";
import { BringMeeting } from "~/meetings/observed/BringMeeting";
import { ObservedFilm } from "~/meetings/observed/ObservedFilm";
import { useMe } from "~/people/session";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import classes from "./Bring.module.css";

const route = getRouteApi("/inside/meetings/$id/observed");

/** The film of a meeting, to think about how it went: one's own, or one that a coach brought along. */
export function ObservedPage() {
  const { id } = route.useParams();
  const me = useMe();
  const { data: meeting, error } = useQuery(meetingQuery(id));
  if (isNotFound(error)) return <NotFoundPage />;
  if (!meeting) {
    if (error) return <FailedPage error={error} />;
    return (
      <Page>
        <Skeleton h={480} radius={18} role="status" aria-label="Loading the meeting" />
      </Page>
    );
  }
  return meeting.kind === "coaching_on_coaching" ? (
    <Brought meeting={meeting} me={me} />
  ) : (
    <Own meeting={meeting} me={me} />
  );
}

/** What a coach brought for the two to look at; nothing that was written in it comes along. */
function Brought({ meeting, me }: { meeting: Meeting; me: Me }) {
  const { about, coachee, coach } = meeting;
  const mine = coachee.id === me.id;
  const name = firstName(coachee.name);
  return (
    <Page
      title={mine ? `Your coaching, with ${firstName(coach.name)}` : `${name}’s coaching`}
      lead="A meeting on film, to think about together. Times and goes are there to talk about, not to score."
    >
      {about ? (
        <>
          <ObservedFilm film={about.film} counts={about.counts} />
          {mine && (
            <p className={classes.links}>
              <Link to="/meetings/$id/observed" params={{ id: about.id }}>
                {about.counts.phases.length > 0 ? "Change where its phases begin" : "Mark its phases"}
              </Link>
            </p>
          )}
        </>
      ) : (
        !mine && (
          <Empty title={`${name} hasn’t brought a film yet`}>
            {name} chooses which meeting you two look at. It needs the yes of both who are in it.
          </Empty>
        )
      )}
      {mine && <BringMeeting meeting={meeting} />}
    </Page>
  );
}

/** The film of one's own meeting: both in it may say where its phases begin. */
function Own({ meeting, me }: { meeting: Meeting; me: Me }) {
  const other = meeting.coach.id === me.id ? meeting.coachee : meeting.coach;
  if (!meeting.film) return <NotFoundPage />;
  return (
    <Page
      title={`Your meeting with ${firstName(other.name)}`}
      lead={meeting.started_at ? `On film, ${said(meeting.started_at)}` : undefined}
    >
      <ObservedFilm
        film={meeting.film}
        counts={meeting.counts}
        meeting={meeting.rights.run ? meeting.id : undefined}
      />
    </Page>
  );
}
