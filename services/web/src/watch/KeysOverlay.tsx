import { Kbd, Modal } from "@mantine/core";
import { useFocusBack } from "~/shared/useFocusBack";
import { KEY_HELP } from "~/watch/keys";
import classes from "./KeysOverlay.module.css";

interface KeysOverlayProps {
  opened: boolean;
  onClose: () => void;
  keys?: typeof KEY_HELP;
}

/** All keys of a page: of the watch page, where no others are given. */
export function KeysOverlay({ opened, onClose, keys: all = KEY_HELP }: KeysOverlayProps) {
  useFocusBack(opened);
  return (
    <Modal opened={opened} onClose={onClose} title={<b>Keys</b>} size="lg">
      <dl className={classes.keys}>
        {all.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key} size="md">
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
