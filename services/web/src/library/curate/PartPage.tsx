import { Anchor, Button, Skeleton, Stack } from "@mantine/core";
import { IconArrowLeft, IconPencil, IconPlus } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { NotFoundPage } from "~/app/ProblemPage";
import { Parts } from "~/library/curate/Parts";
import { useMe } from "~/people/session";
import { Card } from "~/shared/Card";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { Trouble } from "~/shared/Trouble";
import curate from "./CuratePage.module.css";
import classes from "./PartPage.module.css";

const NEW = "new";

interface PartPageProps<Item extends { id: string }> {
  title: string;
  lead: string;
  /** What one of them is called in a sentence: “goal”. */
  one: string;
  items: UseQueryResult<Item[]>;
  name: (item: Item) => string;
  note: (item: Item) => ReactNode;
  /** What is written about one, or about a new one. */
  form: (item: Item | undefined, done: () => void) => ReactNode;
}

/** One part of the library for those who look after it: a list in which one at a time is open to be changed. */
export function PartPage<Item extends { id: string }>(props: PartPageProps<Item>) {
  const { title, lead, one, items, name, note, form } = props;
  const me = useMe();
  const [open, setOpen] = useState<string>();
  if (!me.is_lead && !me.is_admin) return <NotFoundPage />;
  const close = () => setOpen(undefined);
  return (
    <Page
      title={title}
      lead={lead}
      narrow
      actions={
        <Button leftSection={<IconPlus size={20} aria-hidden="true" />} onClick={() => setOpen(NEW)}>
          New {one}
        </Button>
      }
    >
      <Anchor className={curate.back} renderRoot={(rest) => <Link to="/steps" {...rest} />}>
        <IconArrowLeft size={20} aria-hidden="true" /> The library
      </Anchor>
      <Parts />
      {items.isError && <Trouble error={items.error} />}
      {items.isPending && (
        <Stack role="status" aria-label={`Loading the ${one}s`}>
          <Skeleton h={76} />
          <Skeleton h={76} />
          <Skeleton h={76} />
        </Stack>
      )}
      {open === NEW && <Card className={classes.form}>{form(undefined, close)}</Card>}
      {items.data?.length === 0 && open !== NEW && (
        <Empty title={`No ${one} yet`}>Write the first one, or bring in a file.</Empty>
      )}
      <ul className={classes.items}>
        {items.data?.map((item) => (
          <li key={item.id} className={classes.item}>
            {open === item.id ? (
              <div className={classes.open}>{form(item, close)}</div>
            ) : (
              <>
                <div className={classes.words}>
                  <b>{name(item)}</b>
                  <p>{note(item)}</p>
                </div>
                <Button
                  variant="subtle"
                  leftSection={<IconPencil size={20} aria-hidden="true" />}
                  aria-label={`Change “${name(item)}”`}
                  onClick={() => setOpen(item.id)}
                >
                  Change
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </Page>
  );
}
