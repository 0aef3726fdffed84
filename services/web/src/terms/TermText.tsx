import { useQuery } from "@tanstack/react-query";
import type { Term } from "~/api/types";
import { LateMenu } from "~/shared/LateMenu";
import { late } from "~/shared/late";
import { termsQuery } from "~/terms/api";
import { withTerms } from "~/terms/find";
import classes from "./TermText.module.css";

const load = () => import("~/terms/TermCard");
const TermCard = late(load, "TermCard");

/** A text in which the words of the shared language explain themselves. */
export function TermText({ text }: { text: string }) {
  const { data: terms = [] } = useQuery(termsQuery);
  let place = 0;
  return withTerms(text, terms).map((part) => {
    const key = place;
    place += typeof part === "string" ? part.length : part.words.length;
    if (typeof part === "string") return part;
    return (
      <TermLink key={key} term={part.term}>
        {part.words}
      </TermLink>
    );
  });
}

/** One word of the shared language: a press tells what it means. */
export function TermLink({ term, children }: { term: Term; children: string }) {
  return (
    <LateMenu
      opens="dialog"
      load={load}
      closed={(props) => (
        <button type="button" className={classes.term} {...props}>
          {children}
        </button>
      )}
      menu={<TermCard term={term}>{children}</TermCard>}
    />
  );
}
