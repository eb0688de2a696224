// Opens the page.
import { chartCss } from "@basin/charts";
import { render } from "preact";
import { App } from "./ui/app.tsx";
import { watchMisfits } from "./state/misfits.ts";
import { open } from "./state/store.ts";
import "./style.css";

// A constructed sheet: a <style> element would need 'unsafe-inline' in the Content-Security-Policy.
const sheet = new CSSStyleSheet();
sheet.replaceSync(chartCss());
document.adoptedStyleSheets = [sheet];

render(<App />, document.querySelector("#app")!);
void open();
watchMisfits();
