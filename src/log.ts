/** One line of the log: facts by name, then a fixed sentence. Facts that are not on the allow-list of `createLogger` are not written. */
type WriteLine = (facts: object, message: string) => void;

/** Where everything that runs reports to. Structural, so that a test can pass an array-backed one. */
export interface Logger {
  readonly debug: WriteLine;
  readonly info: WriteLine;
  readonly warn: WriteLine;
  readonly error: WriteLine;
}
