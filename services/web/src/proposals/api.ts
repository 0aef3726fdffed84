import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { paged } from "~/api/paged";
import type { Proposal } from "~/api/types";

/** What one coachee (or `me`) would rather work on, newest first, with what was said about it. */
export const proposalsQuery = (coachee: string) =>
  paged([...keys.proposals, coachee], (cursor) =>
    ok(api.GET("/api/v1/proposals", { params: { query: { coachee, cursor } } })),
  );

export function usePropose() {
  return useProposalChange((body: { step?: string; words: string }) =>
    ok(api.POST("/api/v1/proposals", { body })),
  );
}

interface ProposalChange {
  words?: string;
  state?: "accepted" | "declined" | "withdrawn";
  /** Goes with `accepted`: a step that was set already. */
  action_step?: string;
  /** Goes with `declined`. */
  reply?: string;
}

export function useChangeProposal() {
  return useProposalChange(({ id, ...body }: ProposalChange & { id: string }) => changeProposal(id, body));
}

/** With a sentence, so that nobody is turned down without a word. */
export function useDecline() {
  return useProposalChange(({ id, text }: { id: string; text: string }) =>
    changeProposal(id, { state: "declined", reply: text }),
  );
}

export function useReply() {
  return useProposalChange(({ id, text }: { id: string; text: string }) => reply(id, text));
}

export function useChangeReply() {
  return useProposalChange(({ id, text }: { id: string; text: string }) =>
    ok(
      api.PATCH("/api/v1/proposal-replies/{reply_id}", {
        params: { path: { reply_id: id } },
        body: { text },
      }),
    ),
  );
}

function changeProposal(id: string, body: ProposalChange): Promise<Proposal> {
  return ok(api.PATCH("/api/v1/proposals/{proposal_id}", { params: { path: { proposal_id: id } }, body }));
}

function reply(id: string, text: string): Promise<Proposal> {
  const path = { proposal_id: id };
  return ok(api.POST("/api/v1/proposals/{proposal_id}/replies", { params: { path }, body: { text } }));
}

function useProposalChange<Input>(change: (input: Input) => Promise<Proposal>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.proposals }),
        client.invalidateQueries({ queryKey: keys.actionSteps }),
      ]),
  });
}
