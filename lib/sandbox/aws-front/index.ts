/** What a local AWS endpoint lacks: it does whatever it is asked, and this holds sessions to their roles' policies. */
export { AwsFront, type AwsFrontOptions, type Decision, type Session } from "./front";
