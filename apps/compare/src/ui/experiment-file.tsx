// Experiments as files: opened by a button or by dropping one on the page, and saved; the same files that the terminal reads.
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { fileName } from "../state/command.ts";
import { fileOf, type Config } from "../state/config.ts";
import { openFile } from "../state/open-file.ts";
import { config } from "../state/store.ts";
import { download } from "./download.ts";

export function saveExperiment(chosen: Config): void {
  download(fileName, "application/json", `${JSON.stringify(fileOf(chosen), null, 2)}\n`);
}

async function take(files: FileList | null | undefined): Promise<void> {
  const file = files?.[0];
  if (file !== undefined) await openFile(file);
}

export function ExperimentFileSetup(): JSX.Element {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <section class="group">
      <h2>
        <span class="numeral">4</span> As a file
      </h2>
      <div class="buttons">
        <button type="button" onClick={() => chooser.current?.click()}>
          Open a file …
        </button>
        <button type="button" onClick={() => saveExperiment(config.value)}>
          Save as a file
        </button>
      </div>
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".json,.jsonc,.svg,.png,application/json"
        onChange={(event) => {
          const { currentTarget } = event;
          void take(currentTarget.files).then(() => (currentTarget.value = ""));
        }}
      />
      <p class="help">
        An experiment as the terminal reads it (.json or .jsonc), or a figure that basin drew (.svg or .png):
        open one here, or drop it anywhere on the page.
      </p>
    </section>
  );
}

const dropping = signal(false);

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;

/** While a file is held over the page it says what would happen. */
export function DropZone(): JSX.Element | null {
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      dropping.value = true;
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) dropping.value = false;
    };
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      dropping.value = false;
      void take(event.dataTransfer?.files);
    };
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, []);
  return dropping.value ? (
    <div class="drop-zone">
      <p>Drop an experiment here to open it</p>
    </div>
  ) : null;
}
