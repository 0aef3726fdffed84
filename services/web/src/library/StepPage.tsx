import { Anchor, Button, Group, Menu, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { isNotFound } from "~/api/problem";
import type { Me, Step } from "~/api/types";
import { PagePlaceholder } from "~/app/PagePlaceholder";
import { FailedPage, NotFoundPage } from "~/app/ProblemPage";
import { todayQuery } from "~/coaching/api";
import { Wording } from "~/coaching/Wording";
import { StepModels } from "~/exemplars/StepModels";
import { stepQuery } from "~/library/api";
import { CurateMenu } from "~/library/curate/CurateMenu";
import { SimilarSteps } from "~/library/SimilarSteps";
import { Standing } from "~/library/Standing";
import { tagName } from "~/library/tags";
import { useMe } from "~/people/session";
import { ProposeButton } from "~/proposals/ProposeButton";
import { Card } from "~/shared/Card";
import { Page, useTitle } from "~/shared/Page";
import classes from "./StepPage.module.css";

const route = getRouteApi("/inside/steps/$id");

export function StepPage() {
  const { id } = route.useParams();
  const me = useMe();
  const { data: step, error } = useQuery(stepQuery(id));
  useTitle(step && `${step.goal} by ${step.action}`);
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !step) return <FailedPage error={error} />;
  if (!step) return <PagePlaceholder />;
  return (
    <Page>
      <Anchor className={classes.back} renderRoot={(props) => <Link to="/steps" {...props} />}>
        <IconArrowLeft size={20} aria-hidden="true" /> All steps
      </Anchor>
      <Standing step={step} />
      <div className={classes.head}>
        <Title order={1} className={classes.wording}>
          <Wording goal={step.goal} action={step.action} />
        </Title>
        <Group gap="sm">
          {me.coaches.length > 0 && step.state === "published" && <SetFor step={step} me={me} />}
          {step.state === "published" && me.is_coachee && <MyOwn step={step} />}
          {step.may_curate && <CurateMenu step={step} />}
        </Group>
      </div>
      <Tags step={step} />
      <StepModels step={step} />
      <div className={classes.columns}>
        <div className={classes.main}>
          {step.insight && (
            <section>
              <Title order={2}>Why it matters</Title>
              <p>{step.insight}</p>
            </section>
          )}
          <Card aria-labelledby="criteria">
            <Title order={2} id="criteria">
              What you’ll see and hear
            </Title>
            <ol className={classes.criteria}>
              {step.criteria.map((criterion) => (
                <li key={criterion.id}>{criterion.text}</li>
              ))}
            </ol>
          </Card>
          <Lines title="Practise it" lines={step.practice_tasks} />
        </div>
        <aside className={classes.side}>
          <Lines title="To talk about" lines={step.prompts} />
          {step.terms.length > 0 && (
            <section>
              <Title order={2}>Our words</Title>
              <dl className={classes.terms}>
                {step.terms.map((term) => (
                  <div key={term.id}>
                    <dt>
                      <Link to="/language" hash={term.slug}>
                        {term.name}
                      </Link>
                    </dt>
                    <dd>{term.meaning}</dd>
                  </div>
                ))}
              </dl>
            </section>
          )}
        </aside>
      </div>
      <SimilarSteps step={step} />
    </Page>
  );
}

function Tags({ step }: { step: Step }) {
  const tags = [...step.phases, ...step.subjects];
  if (tags.length === 0) return null;
  return (
    <ul className={classes.tags} aria-label="Who it is for">
      {tags.map((tag) => (
        <li key={tag} className={classes.tag}>
          {tagName(tag)}
        </li>
      ))}
    </ul>
  );
}

function Lines({ title, lines }: { title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <section>
      <Title order={2}>{title}</Title>
      <ul className={classes.lines}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

/** A coachee works on this step already, or can say that she would like to. */
function MyOwn({ step }: { step: Step }) {
  const { data: today, isPending } = useQuery(todayQuery);
  const present = today?.step;
  if (isPending) return null;
  return present?.step === step.id ? (
    <Button
      variant="default"
      renderRoot={(props) => <Link to="/action-steps/$id" params={{ id: present.id }} {...props} />}
    >
      This is your step now
    </Button>
  ) : (
    <ProposeButton step={step}>I’d like to work on this</ProposeButton>
  );
}

/** A coach sets this step for one of hers. */
function SetFor({ step, me }: { step: Step; me: Me }) {
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button>Set this step</Button>
      </Menu.Target>
      <Menu.Dropdown mah="min(60dvh, 26rem)" style={{ overflowY: "auto" }}>
        {me.coaches.map(({ person }) => (
          <Menu.Item
            key={person.id}
            onClick={() =>
              navigate({ to: "/people/$id/step", params: { id: person.id }, search: { step: step.id } })
            }
          >
            For {person.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
