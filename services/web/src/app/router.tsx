import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
  redirect,
} from "@tanstack/react-router";
import { PagePlaceholder } from "~/app/PagePlaceholder";
import { NotFoundPage, ProblemPage } from "~/app/ProblemPage";
import { pages } from "~/app/pages";
import { queryClient } from "~/app/queryClient";
import { Root } from "~/app/Root";
import { Shell } from "~/app/Shell";
import { todayQuery } from "~/coaching/api";
import { type StepFilter, stepQuery } from "~/library/api";
import { meQuery } from "~/people/session";
import { prefetchFilm } from "~/watch/prefetch";

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  interface StaticDataRouteOption {
    /** Films are watched in the dark; everything else is on paper. */
    dark?: boolean;
  }
}

/** Those of an address's words that are there, by name. */
function words<Name extends string>(
  search: Record<string, unknown>,
  names: Name[],
): { [Word in Name]?: string } {
  const there = names.filter((name) => typeof search[name] === "string" && search[name]);
  return Object.fromEntries(there.map((name) => [name, search[name]])) as { [Word in Name]?: string };
}

const root = createRootRoute({ component: Root });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (search: Record<string, unknown>): { next?: string; expired?: boolean } => ({
    ...(typeof search.next === "string" && search.next.startsWith("/") && !search.next.startsWith("//")
      ? { next: search.next }
      : {}),
    ...(search.expired === true ? { expired: true } : {}),
  }),
  component: lazyRouteComponent(pages["/login"].code, "LoginPage"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome/$token",
  component: lazyRouteComponent(pages["/welcome/$token"].code, "WelcomePage"),
});

/** For a phone that scanned a code: what stands behind the `#` is all it has. */
const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(pages["/join"].code, "JoinPage"),
});

/** Everything below needs somebody who is logged in, and has the navigation around it. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Shell,
  beforeLoad: async ({ location }) => {
    const me = await queryClient.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: "/login", search: location.href === "/" ? {} : { next: location.href } });
  },
});

const today = createRoute({
  getParentRoute: () => inside,
  path: "/",
  /** Who is coached and coaches sees one of the two at a time. */
  validateSearch: (search: Record<string, unknown>): { as?: "coach" } =>
    search.as === "coach" ? { as: "coach" } : {},
  loader: () => void queryClient.prefetchQuery(todayQuery),
  component: lazyRouteComponent(pages["/"].code, "HomePage"),
});

const film = createRoute({
  getParentRoute: () => inside,
  path: "/film",
  validateSearch: (search: Record<string, unknown>): { for?: string; step?: string } => ({
    ...(typeof search.for === "string" ? { for: search.for } : {}),
    ...(typeof search.step === "string" ? { step: search.step } : {}),
  }),
  component: lazyRouteComponent(pages["/film"].code, "FilmPage"),
});

const videos = createRoute({
  getParentRoute: () => inside,
  path: "/videos",
  component: lazyRouteComponent(pages["/videos"].code, "VideosPage"),
});

const watch = createRoute({
  getParentRoute: () => inside,
  path: "/videos/$id",
  staticData: { dark: true },
  /** `t` is where to begin: `83400ms`, or as people write it (`83`, `83.4s`, `1:23`). */
  validateSearch: (
    search: Record<string, unknown>,
  ): { t?: number | string; clip?: string; moment?: string; play?: boolean } => ({
    ...(typeof search.t === "number" || typeof search.t === "string" ? { t: search.t } : {}),
    ...(typeof search.clip === "string" ? { clip: search.clip } : {}),
    ...(typeof search.moment === "string" ? { moment: search.moment } : {}),
    // It was opened by a press on “play”.
    ...(search.play === true ? { play: true } : {}),
  }),
  // Asked for while the page's code comes, and already when a finger nears the link.
  loader: ({ params }) => prefetchFilm(queryClient, params.id),
  component: lazyRouteComponent(pages["/videos/$id"].code, "WatchPage"),
});

const clip = createRoute({
  getParentRoute: () => inside,
  path: "/clips/$id",
  staticData: { dark: true },
  component: lazyRouteComponent(pages["/clips/$id"].code, "ClipPage"),
});

const steps = createRoute({
  getParentRoute: () => inside,
  path: "/steps",
  validateSearch: (search: Record<string, unknown>): StepFilter =>
    words(search, ["q", "area", "phase", "subject", "sequence"]),
  component: lazyRouteComponent(pages["/steps"].code, "StepsPage"),
});

const builder = createRoute({
  getParentRoute: () => inside,
  path: "/steps/builder",
  validateSearch: (
    search: Record<string, unknown>,
  ): { for?: string; meeting?: string; problem?: string; goal?: string; step?: string } =>
    words(search, ["for", "meeting", "problem", "goal", "step"]),
  component: lazyRouteComponent(pages["/steps/builder"].code, "BuilderPage"),
});

const curate = createRoute({
  getParentRoute: () => inside,
  path: "/steps/curate",
  component: lazyRouteComponent(pages["/steps/curate"].code, "CuratePage"),
});

const curateGoals = createRoute({
  getParentRoute: () => inside,
  path: "/steps/curate/goals",
  component: lazyRouteComponent(pages["/steps/curate/goals"].code, "GoalsPage"),
});

const curateWords = createRoute({
  getParentRoute: () => inside,
  path: "/steps/curate/words",
  component: lazyRouteComponent(pages["/steps/curate/words"].code, "WordsPage"),
});

const curateSequences = createRoute({
  getParentRoute: () => inside,
  path: "/steps/curate/sequences",
  component: lazyRouteComponent(pages["/steps/curate/sequences"].code, "SequencesPage"),
});

const newStep = createRoute({
  getParentRoute: () => inside,
  path: "/steps/new",
  component: lazyRouteComponent(pages["/steps/new"].code, "NewStepPage"),
});

const importSteps = createRoute({
  getParentRoute: () => inside,
  path: "/steps/import",
  component: lazyRouteComponent(pages["/steps/import"].code, "ImportPage"),
});

const editStep = createRoute({
  getParentRoute: () => inside,
  path: "/steps/$id/edit",
  component: lazyRouteComponent(pages["/steps/$id/edit"].code, "EditStepPage"),
});

const stepVersions = createRoute({
  getParentRoute: () => inside,
  path: "/steps/$id/versions",
  component: lazyRouteComponent(pages["/steps/$id/versions"].code, "VersionsPage"),
});

const round = createRoute({
  getParentRoute: () => inside,
  path: "/rounds/$id",
  component: lazyRouteComponent(pages["/rounds/$id"].code, "RoundPage"),
});

const compare = createRoute({
  getParentRoute: () => inside,
  path: "/action-steps/$id/compare",
  staticData: { dark: true },
  /** Which two films (a video’s id, or a clip’s where that alone is the model), which criterion, and where each begins. */
  validateSearch: (
    search: Record<string, unknown>,
  ): { model?: string; take?: string; criterion?: string; modelAt?: string; takeAt?: string } =>
    words(search, ["model", "take", "criterion", "modelAt", "takeAt"]),
  component: lazyRouteComponent(pages["/action-steps/$id/compare"].code, "ComparePage"),
});

const step = createRoute({
  getParentRoute: () => inside,
  path: "/steps/$id",
  loader: ({ params }) => void queryClient.prefetchQuery(stepQuery(params.id)),
  component: lazyRouteComponent(pages["/steps/$id"].code, "StepPage"),
});

const language = createRoute({
  getParentRoute: () => inside,
  path: "/language",
  component: lazyRouteComponent(pages["/language"].code, "LanguagePage"),
});

const models = createRoute({
  getParentRoute: () => inside,
  path: "/models",
  component: lazyRouteComponent(pages["/models"].code, "ModelsPage"),
});

const prepareMeeting = createRoute({
  getParentRoute: () => inside,
  path: "/meetings/$id/prepare",
  component: lazyRouteComponent(pages["/meetings/$id/prepare"].code, "PreparePage"),
});

const meetings = createRoute({
  getParentRoute: () => inside,
  path: "/meetings",
  component: lazyRouteComponent(pages["/meetings"].code, "MeetingsPage"),
});

const meeting = createRoute({
  getParentRoute: () => inside,
  path: "/meetings/$id",
  validateSearch: (search: Record<string, unknown>): { stage?: string; clip?: string } =>
    words(search, ["stage", "clip"]),
  component: lazyRouteComponent(pages["/meetings/$id"].code, "MeetingPage"),
});

const people = createRoute({
  getParentRoute: () => inside,
  path: "/people",
  component: lazyRouteComponent(pages["/people"].code, "PeoplePage"),
});

const person = createRoute({
  getParentRoute: () => inside,
  path: "/people/$id",
  component: lazyRouteComponent(pages["/people/$id"].code, "CoacheePage"),
});

const setStep = createRoute({
  getParentRoute: () => inside,
  path: "/people/$id/step",
  validateSearch: (search: Record<string, unknown>): { step?: string; clip?: string; proposal?: string } =>
    words(search, ["step", "clip", "proposal"]),
  component: lazyRouteComponent(pages["/people/$id/step"].code, "SetStepPage"),
});

const actionSteps = createRoute({
  getParentRoute: () => inside,
  path: "/action-steps",
  component: lazyRouteComponent(pages["/action-steps"].code, "MyStepsPage"),
});

const actionStep = createRoute({
  getParentRoute: () => inside,
  path: "/action-steps/$id",
  component: lazyRouteComponent(pages["/action-steps/$id"].code, "ActionStepPage"),
});

const dropIns = createRoute({
  getParentRoute: () => inside,
  path: "/drop-ins",
  component: lazyRouteComponent(pages["/drop-ins"].code, "DropInsPage"),
});

const observed = createRoute({
  getParentRoute: () => inside,
  path: "/meetings/$id/observed",
  staticData: { dark: true },
  component: lazyRouteComponent(pages["/meetings/$id/observed"].code, "ObservedPage"),
});

const school = createRoute({
  getParentRoute: () => inside,
  path: "/school",
  component: lazyRouteComponent(pages["/school"].code, "SchoolPage"),
});

const work = createRoute({
  getParentRoute: () => inside,
  path: "/school/work",
  component: lazyRouteComponent(pages["/school/work"].code, "WorkPage"),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: lazyRouteComponent(pages["/settings"].code, "SettingsPage"),
});

/** Whatever no other page has for an address: said inside the frame, with a way on. */
const unknown = createRoute({ getParentRoute: () => inside, path: "$", component: NotFoundPage });

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    welcome,
    join,
    inside.addChildren([
      today,
      film,
      videos,
      watch,
      clip,
      steps,
      builder,
      curate,
      curateGoals,
      curateWords,
      curateSequences,
      newStep,
      importSteps,
      step,
      language,
      models,
      editStep,
      stepVersions,
      prepareMeeting,
      meetings,
      meeting,
      people,
      person,
      setStep,
      actionSteps,
      actionStep,
      compare,
      dropIns,
      observed,
      round,
      school,
      work,
      settings,
      unknown,
    ]),
  ]),
  defaultPreload: "intent",
  defaultPendingComponent: PagePlaceholder,
  defaultErrorComponent: ProblemPage,
  scrollRestoration: true,
});

/** Fetches the code of the page that the address names while it is still being asked who is there. */
export function fetchPage(): void {
  const routes = router.routesById as Record<string, { options: { component?: RouteComponent } }>;
  const matches: { routeId: string }[] = router.matchRoutes(router.latestLocation);
  for (const { routeId } of matches) {
    void routes[routeId]?.options.component?.preload?.()?.catch(() => undefined);
  }
}
