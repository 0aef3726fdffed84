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

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (search: Record<string, unknown>): { next?: string; expired?: boolean } => ({
    ...(typeof search.next === "string" && search.next.startsWith("/") && !search.next.startsWith("//")
      ? { next: search.next }
      : {}),
    ...(search.expired === true ? { expired: true } : {}),
  }),
  component: lazyRouteComponent(() => import("~/people/LoginPage"), "LoginPage"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome/$token",
  component: lazyRouteComponent(() => import("~/people/WelcomePage"), "WelcomePage"),
});

/** For a phone that scanned a code: what stands behind the `#` is all it has. */
const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(() => import("~/filming/join/JoinPage"), "JoinPage"),
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
  component: lazyRouteComponent(() => import("~/coaching/HomePage"), "HomePage"),
});

const film = createRoute({
  getParentRoute: () => inside,
  path: "/film",
  validateSearch: (search: Record<string, unknown>): { for?: string; step?: string } => ({
    ...(typeof search.for === "string" ? { for: search.for } : {}),
    ...(typeof search.step === "string" ? { step: search.step } : {}),
  }),
  component: lazyRouteComponent(() => import("~/uploads/FilmPage"), "FilmPage"),
});

const videos = createRoute({
  getParentRoute: () => inside,
  path: "/videos",
  component: lazyRouteComponent(() => import("~/videos/VideosPage"), "VideosPage"),
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
  component: lazyRouteComponent(() => import("~/watch/WatchPage"), "WatchPage"),
});

const clip = createRoute({
  getParentRoute: () => inside,
  path: "/clips/$id",
  staticData: { dark: true },
  component: lazyRouteComponent(() => import("~/clips/ClipPage"), "ClipPage"),
});

const steps = createRoute({
  getParentRoute: () => inside,
  path: "/steps",
  validateSearch: (search: Record<string, unknown>): StepFilter =>
    words(search, ["q", "area", "phase", "subject", "sequence"]),
  component: lazyRouteComponent(() => import("~/library/StepsPage"), "StepsPage"),
});

const builder = createRoute({
  getParentRoute: () => inside,
  path: "/steps/builder",
  validateSearch: (
    search: Record<string, unknown>,
  ): { for?: string; meeting?: string; problem?: string; goal?: string; step?: string } =>
    words(search, ["for", "meeting", "problem", "goal", "step"]),
  component: lazyRouteComponent(() => import("~/library/builder/BuilderPage"), "BuilderPage"),
});

const curate = createRoute({
  getParentRoute: () => inside,
  path: "/steps/curate",
  component: lazyRouteComponent(() => import("~/library/curate/CuratePage"), "CuratePage"),
});

const curateGoals = createRoute({
  getParentRoute: () => inside,
  path: "/steps/curate/goals",
  component: lazyRouteComponent(() => import("~/library/curate/GoalsPage"), "GoalsPage"),
});

const curateWords = createRoute({
  getParentRoute: () => inside,
  path: "/steps/curate/words",
  component: lazyRouteComponent(() => import("~/library/curate/WordsPage"), "WordsPage"),
});

const curateSequences = createRoute({
  getParentRoute: () => inside,
  path: "/steps/curate/sequences",
  component: lazyRouteComponent(() => import("~/library/curate/SequencesPage"), "SequencesPage"),
});

const newStep = createRoute({
  getParentRoute: () => inside,
  path: "/steps/new",
  component: lazyRouteComponent(() => import("~/library/curate/EditStepPage"), "NewStepPage"),
});

const importSteps = createRoute({
  getParentRoute: () => inside,
  path: "/steps/import",
  component: lazyRouteComponent(() => import("~/library/curate/ImportPage"), "ImportPage"),
});

const editStep = createRoute({
  getParentRoute: () => inside,
  path: "/steps/$id/edit",
  component: lazyRouteComponent(() => import("~/library/curate/EditStepPage"), "EditStepPage"),
});

const stepVersions = createRoute({
  getParentRoute: () => inside,
  path: "/steps/$id/versions",
  component: lazyRouteComponent(() => import("~/library/curate/VersionsPage"), "VersionsPage"),
});

const round = createRoute({
  getParentRoute: () => inside,
  path: "/rounds/$id",
  component: lazyRouteComponent(() => import("~/rounds/RoundPage"), "RoundPage"),
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
  component: lazyRouteComponent(() => import("~/compare/ComparePage"), "ComparePage"),
});

const step = createRoute({
  getParentRoute: () => inside,
  path: "/steps/$id",
  loader: ({ params }) => void queryClient.prefetchQuery(stepQuery(params.id)),
  component: lazyRouteComponent(() => import("~/library/StepPage"), "StepPage"),
});

const language = createRoute({
  getParentRoute: () => inside,
  path: "/language",
  component: lazyRouteComponent(() => import("~/terms/LanguagePage"), "LanguagePage"),
});

const models = createRoute({
  getParentRoute: () => inside,
  path: "/models",
  component: lazyRouteComponent(() => import("~/exemplars/ModelsPage"), "ModelsPage"),
});

const prepareMeeting = createRoute({
  getParentRoute: () => inside,
  path: "/meetings/$id/prepare",
  component: lazyRouteComponent(() => import("~/meetings/prepare/PreparePage"), "PreparePage"),
});

const meetings = createRoute({
  getParentRoute: () => inside,
  path: "/meetings",
  component: lazyRouteComponent(() => import("~/meetings/MeetingsPage"), "MeetingsPage"),
});

const meeting = createRoute({
  getParentRoute: () => inside,
  path: "/meetings/$id",
  validateSearch: (search: Record<string, unknown>): { stage?: string; clip?: string } =>
    words(search, ["stage", "clip"]),
  component: lazyRouteComponent(() => import("~/meetings/MeetingPage"), "MeetingPage"),
});

const people = createRoute({
  getParentRoute: () => inside,
  path: "/people",
  component: lazyRouteComponent(() => import("~/coaching/PeoplePage"), "PeoplePage"),
});

const person = createRoute({
  getParentRoute: () => inside,
  path: "/people/$id",
  component: lazyRouteComponent(() => import("~/coaching/CoacheePage"), "CoacheePage"),
});

const setStep = createRoute({
  getParentRoute: () => inside,
  path: "/people/$id/step",
  validateSearch: (search: Record<string, unknown>): { step?: string; clip?: string; proposal?: string } =>
    words(search, ["step", "clip", "proposal"]),
  component: lazyRouteComponent(() => import("~/coaching/SetStepPage"), "SetStepPage"),
});

const actionSteps = createRoute({
  getParentRoute: () => inside,
  path: "/action-steps",
  component: lazyRouteComponent(() => import("~/coaching/history/MyStepsPage"), "MyStepsPage"),
});

const actionStep = createRoute({
  getParentRoute: () => inside,
  path: "/action-steps/$id",
  component: lazyRouteComponent(() => import("~/coaching/step/ActionStepPage"), "ActionStepPage"),
});

const dropIns = createRoute({
  getParentRoute: () => inside,
  path: "/drop-ins",
  component: lazyRouteComponent(() => import("~/meetings/drop-ins/DropInsPage"), "DropInsPage"),
});

const observed = createRoute({
  getParentRoute: () => inside,
  path: "/meetings/$id/observed",
  staticData: { dark: true },
  component: lazyRouteComponent(() => import("~/meetings/observed/ObservedPage"), "ObservedPage"),
});

const school = createRoute({
  getParentRoute: () => inside,
  path: "/school",
  component: lazyRouteComponent(() => import("~/people/SchoolPage"), "SchoolPage"),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: lazyRouteComponent(() => import("~/people/SettingsPage"), "SettingsPage"),
});

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
      settings,
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
