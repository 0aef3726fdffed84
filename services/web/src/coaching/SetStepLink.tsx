import { Button } from "@mantine/core";
import { IconTarget } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { PersonRef } from "~/api/types";

interface SetStepLinkProps {
  person: PersonRef;
  label: string;
  quiet?: boolean;
}

export function SetStepLink({ person, label, quiet = false }: SetStepLinkProps) {
  return (
    <Button
      variant={quiet ? "default" : "filled"}
      leftSection={<IconTarget size={22} />}
      renderRoot={(props) => <Link to="/people/$id/step" params={{ id: person.id }} {...props} />}
    >
      {label}
    </Button>
  );
}
