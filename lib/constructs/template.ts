/**
 * Terraform reads every string of its JSON as a template. These say which characters are meant as they
 * stand.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#string-templates
 */

/** Text that Terraform is to take as it stands: "${" and "%{" do not begin an expression in it. */
export const literal = (text: string): string => (/[$%]\{/.test(text) ? text.replaceAll(/([$%])\{/g, "$1$1{") : text);

/**
 * A document as JSON text, in which policy variables like `${aws:PrincipalTag/team}` stay IAM's, while
 * references made with cdktf (`role.arn`) stay Terraform's.
 */
export const jsonTemplate = (document: object): string => JSON.stringify(document).replaceAll(/([$%])\{(?!TfToken\[)/g, "$1$1{");
