// Numbers and names as they stand in a sentence: the same in every engine and language setting.

/** 12345.6 → "12,346"; small numbers keep a decimal where it matters: 3.14 → "3.1". */
export function countInWords(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  const [whole = "", fraction] = String(rounded).split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Three digits: 0.0214, 1.32e-7, 34,500. */
export function lossInWords(loss: number): string {
  if (Number.isNaN(loss)) return "nothing";
  if (!Number.isFinite(loss)) return loss > 0 ? "+∞" : "−∞";
  if (loss === 0) return "0";
  const size = Math.abs(loss);
  const digits = Number(loss.toPrecision(3));
  if (size >= 1e-4 && size < 1000) return String(digits).replace("-", "−");
  if (size >= 1000 && size < 1e7) return countInWords(digits).replace("-", "−");
  return digits.toExponential().replace("e+", "e").replaceAll("-", "−");
}

/** "1 seed", "15 seeds". */
export function counted(n: number, noun: string): string {
  return `${countInWords(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/**
 * A label as it stands in a sentence: "random-search" → "random search", "genetic-algorithm" → "the genetic algorithm".
 * Labels with short parts ("l-bfgs", "cma-es") and labels that someone wrote keep their form.
 */
export function nameInWords(label: string, name: string): string {
  if (!label.startsWith(name)) return label;
  const rest = label.slice(name.length);
  const words = name.split("-").every((part) => part.length > 3) ? name.replaceAll("-", " ") : name;
  const article = /(algorithm|method)$/.test(name) && rest === "" ? "the " : "";
  return `${article}${words}${rest}`;
}

/** The first letter large; technical names such as cma-es stay as they are. */
export function sentence(text: string): string {
  return /^[a-z0-9]+-/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
