import { Alert, Anchor, Button, FileButton, Group, Title } from "@mantine/core";
import { IconArrowLeft, IconFileUpload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { sentence } from "~/api/problem";
import type { LoadReport } from "~/api/types";
import { NotFoundPage } from "~/app/ProblemPage";
import { useImport } from "~/library/api";
import { useMe } from "~/people/session";
import { Card } from "~/shared/Card";
import { Page } from "~/shared/Page";
import { count } from "~/shared/words";
import classes from "./ImportPage.module.css";

const KINDS: Record<string, string> = {
  areas: "area",
  learning_problems: "learning problem",
  terms: "term",
  goals: "goal",
  steps: "step",
  sequences: "sequence",
};

/** A file is looked at first, and changes nothing until somebody has read what it would do. */
export function ImportPage() {
  const me = useMe();
  const [file, setFile] = useState<File | null>(null);
  const trial = useImport();
  const real = useImport();
  // A file that was mended has the name it had before: the browser must not take it for no change.
  const forget = useRef<() => void>(null);
  if (!me.is_lead && !me.is_admin) return <NotFoundPage />;

  const choose = (chosen: File | null) => {
    if (!chosen) return;
    forget.current?.();
    setFile(chosen);
    real.reset();
    trial.mutate({ file: chosen, dryRun: true });
  };
  const report = trial.data;
  const isGood = report !== undefined && report.problems.length === 0;
  return (
    <Page
      title="Bring in steps"
      lead="From a table (CSV) or a text file (YAML), such as an export. Nothing is ever removed."
      narrow
    >
      <Anchor className={classes.back} renderRoot={(props) => <Link to="/steps/curate" {...props} />}>
        <IconArrowLeft size={20} aria-hidden="true" /> Looking after the library
      </Anchor>
      <Card>
        <FileButton resetRef={forget} onChange={choose} accept=".csv,.yaml,.yml,text/csv,application/yaml">
          {(props) => (
            <Button
              {...props}
              variant={file ? "default" : "filled"}
              leftSection={<IconFileUpload size={20} aria-hidden="true" />}
              loading={trial.isPending}
            >
              {file ? "Choose another file" : "Choose a file"}
            </Button>
          )}
        </FileButton>
        {file ? (
          <p className={classes.file}>{file.name}</p>
        ) : (
          <p className={classes.file}>
            No file yet?{" "}
            <Anchor
              className={classes.export}
              href="/api/v1/library/export?format=csv"
              download="library.csv"
            >
              Start from an export
            </Anchor>
          </p>
        )}
        <div role="status">
          {real.data ? (
            <Done report={real.data} />
          ) : (
            report && (isGood ? <Preview report={report} /> : <Problems report={report} />)
          )}
        </div>
        {(trial.isError || real.isError) && (
          <Alert color="red" variant="light" role="alert" mt="md">
            {sentence(trial.error ?? real.error)}
          </Alert>
        )}
        {file && isGood && !real.data && (
          <Group mt="lg">
            <Button loading={real.isPending} onClick={() => real.mutate({ file, dryRun: false })}>
              Import it
            </Button>
          </Group>
        )}
      </Card>
    </Page>
  );
}

function Preview({ report }: { report: LoadReport }) {
  return (
    <>
      <Title order={2} className={classes.title}>
        What this file would do
      </Title>
      <Counts report={report} />
    </>
  );
}

function Done({ report }: { report: LoadReport }) {
  return (
    <>
      <Title order={2} className={classes.title}>
        Done
      </Title>
      <Counts report={report} />
    </>
  );
}

function Counts({ report }: { report: LoadReport }) {
  const kinds = Object.keys(KINDS).filter(
    (kind) => report.added[kind] || report.changed[kind] || report.unchanged[kind],
  );
  return (
    <ul className={classes.counts}>
      {kinds.map((kind) => (
        <li key={kind}>
          {count(
            (report.added[kind] ?? 0) + (report.changed[kind] ?? 0) + (report.unchanged[kind] ?? 0),
            KINDS[kind] ?? kind,
          )}
          : {report.added[kind] ?? 0} new, {report.changed[kind] ?? 0} changed, {report.unchanged[kind] ?? 0}{" "}
          as before
        </li>
      ))}
    </ul>
  );
}

function Problems({ report }: { report: LoadReport }) {
  return (
    <>
      <Title order={2} className={classes.title}>
        {count(report.problems.length, "thing")} to put right first
      </Title>
      <p>Nothing has been changed. Mend these lines in your file and choose it again.</p>
      <ol className={classes.problems}>
        {report.problems.map(({ line, detail }) => (
          <li key={`${line} ${detail}`}>
            <strong>Line {line}</strong> {detail}
          </li>
        ))}
      </ol>
    </>
  );
}
