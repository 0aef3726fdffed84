import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDots } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { sentence } from "~/api/problem";
import type { Step } from "~/api/types";
import { useStepMoves } from "~/library/api";
import { useMe } from "~/people/session";
import { ask } from "~/shared/ask";
import { useWayBack } from "~/shared/useWayBack";

/** What those who look after the library can do with one step. */
export function CurateMenu({ step }: { step: Step }) {
  const me = useMe();
  const navigate = useNavigate();
  const { withdraw, customise, remove } = useStepMoves(step.id);
  const { button, goBack } = useWayBack();
  const onError = (error: unknown) => {
    notifications.show({ message: sentence(error), color: "red" });
  };
  const canCustomise = !step.school && !step.own_copy && step.state === "published";

  const takeOut = async () => {
    const sure = await ask({
      title: "Take this step out of use?",
      detail: "Nobody finds it any more. Where it has been set already, it stays. You can publish it again.",
      yes: "Take it out of use",
    });
    goBack();
    if (sure) withdraw.mutate(undefined, { onError });
  };
  const throwAway = async () => {
    const sure = await ask({
      title: "Delete this draft?",
      detail: "It can’t be brought back.",
      yes: "Delete it",
      grave: true,
    });
    if (!sure) return goBack();
    remove.mutate(undefined, { onSuccess: () => navigate({ to: "/steps/curate" }), onError });
  };
  const reword = () =>
    customise.mutate(undefined, {
      onSuccess: (copy) => navigate({ to: "/steps/$id/edit", params: { id: copy.id } }),
      onError,
    });

  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon ref={button} variant="default" aria-label="Look after this step">
          <IconDots size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => navigate({ to: "/steps/$id/edit", params: { id: step.id } })}>
          Change its words
        </Menu.Item>
        {canCustomise && <Menu.Item onClick={reword}>Make our own copy for {me.school.name}</Menu.Item>}
        {step.version > 0 && (
          <Menu.Item onClick={() => navigate({ to: "/steps/$id/versions", params: { id: step.id } })}>
            Earlier versions
          </Menu.Item>
        )}
        {step.state === "published" && <Menu.Item onClick={takeOut}>Take it out of use</Menu.Item>}
        {step.version === 0 && (
          <Menu.Item color="red" onClick={throwAway}>
            Delete this draft
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
