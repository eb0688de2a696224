// Small signs on buttons; each button says in words what it does.
import type { JSX } from "preact";

const paths = {
  play: "M5 3.2v9.6L13 8z",
  pause: "M4.5 3h2.6v10H4.5zM8.9 3h2.6v10H8.9z",
  step: "M3.5 3.2v9.6L10 8zM10.6 3h2.2v10h-2.2z",
  stop: "M4 4h8v8H4z",
  close: "M4.2 3.2 8 7l3.8-3.8 1 1L9 8l3.8 3.8-1 1L8 9l-3.8 3.8-1-1L7 8 3.2 4.2z",
  copy: "M5.5 2h7.5v9H5.5zM3 5h1.5v7H10v1.5H3z",
  tune: "M2.5 4h6.2a2 2 0 0 1 3.8 0h1v1.4h-1a2 2 0 0 1-3.8 0H2.5zM2.5 10.6h1a2 2 0 0 1 3.8 0h6.2V12H7.3a2 2 0 0 1-3.8 0h-1z",
  plus: "M7.2 3h1.6v4.2H13v1.6H8.8V13H7.2V8.8H3V7.2h4.2z",
  sun: "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6M7.3 1h1.4v2.4H7.3zM7.3 12.6h1.4V15H7.3zM1 7.3h2.4v1.4H1zM12.6 7.3H15v1.4h-2.4z",
  moon: "M6.2 2.2a5.6 5.6 0 1 0 7.6 7.4A6 6 0 0 1 6.2 2.2",
  auto: "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8m0 1.5v9.4a4.7 4.7 0 0 0 0-9.4",
} as const;

export function Icon(props: { name: keyof typeof paths }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={paths[props.name]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}
