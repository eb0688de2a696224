/** Made by vite.config.ts: the page loads the one large data set when it needs it. */
declare module "virtual:digits" {
  /** Whether the data were asked for and are not there. */
  export const lacksDigits: () => boolean;
  export const loadDigits: () => Promise<void>;
}
