// The page: headline, verdict, and the pictures around the settings.
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { config, isModel, session } from "../state/store.ts";
import { misfits, unmade } from "../state/misfits.ts";
import { waits } from "../state/open-file.ts";
import { DropZone } from "./experiment-file.tsx";
import { CurvesCard } from "./curves-card.tsx";
import { FitCard } from "./fit-card.tsx";
import { LanesCard } from "./lanes-card.tsx";
import { MapCard } from "./map-card.tsx";
import { ResearchCard } from "./research-card.tsx";
import { RunBar } from "./run-bar.tsx";
import { Setup } from "./setup.tsx";
import { TableCard } from "./table-card.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";
import { FairnessCard, Lead } from "./verdict.tsx";
import { Icon } from "./icons.tsx";

const tabs = [
  ["curves", "Loss"],
  ["map", "Map"],
  ["fit", "Fit"],
  ["lanes", "Seeds"],
  ["table", "Table"],
] as const;

const tab = signal<(typeof tabs)[number][0]>("curves");
const sheet = signal(false);

const counts = [
  "No",
  "One",
  "Two",
  "Three",
  "Four",
  "Five",
  "Six",
  "Seven",
  "Eight",
  "Nine",
  "Ten",
  "Eleven",
  "Twelve",
];

function headline(): string {
  const { entrants, problems } = session.config.value ?? config.value;
  const n = entrants.length;
  const many = counts[n] ?? String(n);
  const aim = problems.every(({ name }) => isModel(name)) ? "to find good weights" : "to the lowest point";
  return n === 1
    ? `One way ${aim}. How fast does it get there?`
    : `${many} ways ${aim}. Which gets there first?`;
}

/** Shows a picture, and brings it into view: on a phone the headline would leave it half below the fold. */
function show(name: (typeof tabs)[number][0]): void {
  tab.value = name;
  requestAnimationFrame(() => document.querySelector("main")?.scrollIntoView({ block: "start" }));
}

function Tabs(): JSX.Element {
  return (
    <nav class="tabs" aria-label="Pictures">
      {tabs.map(([name, label]) => (
        <button type="button" key={name} aria-pressed={tab.value === name} onClick={() => show(name)}>
          {label}
        </button>
      ))}
      <button
        type="button"
        aria-expanded={sheet.value}
        aria-controls="setup"
        onClick={() => (sheet.value = true)}
      >
        <Icon name="tune" /> Settings
      </button>
    </nav>
  );
}

/** What is wrong, one line a fault; what waits; who cannot take the problem. */
function Notices(): JSX.Element {
  const [fault, ...faults] = session.fault.value?.split("\n") ?? [];
  const waiting = waits.value;
  const odd = [...misfits.value].map(([index]) => config.value.entrants[index]?.label).filter(Boolean);
  return (
    <div class="notices">
      {fault === undefined ? null : (
        <div class="fault" role="alert">
          <p>{fault}</p>
          {faults.length === 0 ? null : (
            <ul>
              {faults.map((line) => (
                <li key={line}>{line.trim()}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {waiting !== undefined && waiting.of === config.value && session.config.value !== config.value ? (
        <p role="status">{waiting.said}</p>
      ) : null}
      {unmade.value.map((reason) => (
        <p class="fault" key={reason}>
          {reason}
        </p>
      ))}
      {odd.length === 0 ? null : (
        <p class="fault">{odd.join(", ")} cannot take this problem; the settings say why, and what to do.</p>
      )}
    </div>
  );
}

export function App(): JSX.Element {
  const setup = useRef<HTMLElement>(null);
  const before = useRef<Element | null>(null);
  const open = sheet.value;
  useEffect(() => {
    if (!open) return undefined;
    before.current = document.activeElement;
    setup.current?.querySelector<HTMLElement>(".sheet-close")?.focus();
    const leave = (event: KeyboardEvent): void => {
      if (event.key === "Escape") sheet.value = false;
    };
    addEventListener("keydown", leave);
    return () => {
      removeEventListener("keydown", leave);
      // Back to where the reader came from, unless the focus has gone elsewhere by itself.
      if (
        setup.current?.contains(document.activeElement) === true ||
        document.activeElement === document.body
      )
        (before.current as HTMLElement | null)?.focus();
    };
  }, [open]);
  return (
    <div class="page" data-tab={tab.value} data-sheet={open ? "open" : "closed"}>
      <a class="skip" href="#curves">
        To the curves
      </a>
      <header>
        <div class="masthead">
          <a class="mark" href="#" title="The default experiment">
            <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
              <path
                d="M3 6c3 16 8 20 13 20S26 22 29 6"
                fill="none"
                stroke="currentColor"
                stroke-width="3.4"
                stroke-linecap="round"
              />
              <circle cx="16" cy="20" r="3.4" fill="currentColor" />
            </svg>
            basin
          </a>
          <p class="quiet promise">Nothing you open leaves this page.</p>
          <ThemeToggle />
        </div>
        <h1>{headline()}</h1>
        <Lead />
        <Notices />
        <RunBar />
      </header>
      <aside
        id="setup"
        ref={setup}
        class="setup"
        aria-label="Settings"
        onFocusOut={(event) => {
          // The sheet covers what lies behind it, so it closes when the focus goes there.
          const to = event.relatedTarget as Node | null;
          if (to !== null && !event.currentTarget.contains(to)) sheet.value = false;
        }}
      >
        <div class="sheet-head">
          <p>Settings</p>
          <button
            type="button"
            class="square sheet-close"
            aria-label="Close settings"
            onClick={() => (sheet.value = false)}
          >
            <Icon name="close" />
          </button>
        </div>
        <Setup />
      </aside>
      <main>
        <div class="wide">
          <CurvesCard />
          <FitCard />
          <TableCard />
          <ResearchCard />
        </div>
        <div class="side">
          <MapCard />
          <LanesCard />
          <FairnessCard />
        </div>
      </main>
      <Tabs />
      <DropZone />
      <footer>
        <p class="quiet">
          The line is the middle run. All chance in a run comes from its seed; the fingerprint proves it. A
          run whose loss became “not a number” has failed; it has not vanished.{" "}
          <a href="./licences.txt">Sources and licences</a>
        </p>
      </footer>
    </div>
  );
}
