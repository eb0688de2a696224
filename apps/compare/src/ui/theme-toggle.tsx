// Light, dark, or as the system says.
import type { JSX } from "preact";
import { theme, type Theme } from "../state/store.ts";
import { Icon } from "./icons.tsx";

const order: readonly {
  readonly name: Theme;
  readonly says: string;
  readonly icon: "auto" | "sun" | "moon";
}[] = [
  { name: "auto", says: "Theme: as the system", icon: "auto" },
  { name: "light", says: "Theme: light", icon: "sun" },
  { name: "dark", says: "Theme: dark", icon: "moon" },
];

export function ThemeToggle(): JSX.Element {
  const at = order.findIndex(({ name }) => name === theme.value);
  const next = order[(at + 1) % order.length]!;
  return (
    <button
      type="button"
      class="square"
      aria-label={`${order[at]!.says}. Change to ${next.name}.`}
      title={order[at]!.says}
      onClick={() => (theme.value = next.name)}
    >
      <Icon name={order[at]!.icon} />
    </button>
  );
}
