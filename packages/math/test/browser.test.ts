import { expect, test } from "vitest";
import { exp } from "@basin/math";
test("exp", () => expect(exp(0)).toBe(1));
