/**
 * Terraform reads every string of its JSON as a template. These say which characters are meant as they
 * stand.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#string-templates
 */

/** Text that Terraform is to take as it stands: "${" and "%{" do not begin an expression in it, unless cdktf put a reference (`role.arn`) there. */
export const literal = (text: string): string =>
  /[$%]\{/.test(text) ? text.replaceAll(/([$%])\{(?!TfToken\[)/g, "$1$1{") : text;

/** A document, or its JSON text, in which policy variables like `${aws:PrincipalTag/team}` stay IAM's. */
export const jsonTemplate = (document: object | string): string =>
  literal(typeof document === "string" ? document : JSON.stringify(document));
