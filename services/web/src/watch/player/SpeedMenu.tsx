import { Menu } from "@mantine/core";
import { useOpensAtOnce } from "~/shared/LateMenu";
import { RATES } from "~/watch/player/Player";
import { SpeedButton } from "~/watch/player/Transport";
import { usePlayer, usePlayerState } from "~/watch/player/usePlayer";

/** How fast the film plays. */
export function SpeedMenu() {
  const player = usePlayer();
  const rate = usePlayerState((state) => state.rate);
  const { button, opened, onChange } = useOpensAtOnce();
  return (
    <Menu position="top" opened={opened} onChange={onChange}>
      <Menu.Target>
        <SpeedButton ref={button} rate={rate} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Speed</Menu.Label>
        {RATES.map((one) => (
          <Menu.Item key={one} onClick={() => player.setRate(one)} aria-current={one === rate || undefined}>
            {one === 1 ? "As filmed" : `${one}×`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
