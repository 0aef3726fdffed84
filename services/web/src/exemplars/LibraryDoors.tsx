import { Button } from "@mantine/core";
import { IconMessages, IconMovie } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMe } from "~/people/session";
import classes from "./LibraryDoors.module.css";

/** From the steps to the shared language, and to the models for those who propose or publish them. */
export function LibraryDoors() {
  const me = useMe();
  return (
    <nav className={classes.doors} aria-label="More of the library">
      <Button
        variant="default"
        leftSection={<IconMessages size={20} aria-hidden="true" />}
        renderRoot={(props) => <Link to="/language" {...props} />}
      >
        Our words
      </Button>
      {(me.is_lead || me.is_coach) && (
        <Button
          variant="default"
          leftSection={<IconMovie size={20} aria-hidden="true" />}
          renderRoot={(props) => <Link to="/models" {...props} />}
        >
          Models
        </Button>
      )}
    </nav>
  );
}
