// Settings in a few words, as labels and lists show them.
import type { Named } from "@basin/runner";

/** "rate=0.01 momentum=0.9" */
export function settingsInWords(settings: Named["settings"]): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" ");
}
