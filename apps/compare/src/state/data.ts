// Data that the page loads when it needs them: to count the weights of a model, where the budget is a multiple of their number.
import { lacksDigits, loadDigits } from "virtual:digits";

/** Reads an experiment once in vain, if need be: resolves when whatever it takes to read it is there, or cannot be had. */
export async function readable(read: () => unknown): Promise<void> {
  try {
    read();
  } catch {
    // told by who reads it next
  }
  // without them, the message says what to do
  if (lacksDigits()) await loadDigits().catch(() => {});
}
