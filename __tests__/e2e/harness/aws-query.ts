export type Partition = "aws" | "aws-cn" | "aws-us-gov";

const API_VERSIONS = { iam: "2010-05-08", sts: "2011-06-15" } as const;

/** moto keeps one world per partition and takes the partition from the region that signed the request. */
const REGIONS: Record<Partition, string> = { aws: "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1" };

/** An error as AWS names it, such as `NoSuchEntity`. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** One account in moto, spoken to in AWS's query protocol. */
export class AwsQuery {
  constructor(
    private readonly url: string,
    readonly account: string,
    private readonly partition: Partition = "aws",
  ) {}

  /** Calls an action and returns its result. Lists go in flattened: `{ "ClientIDList.member.1": "…" }`. */
  async call<T = unknown>(
    service: keyof typeof API_VERSIONS,
    action: string,
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const body = new URLSearchParams({
      ...parameters,
      Action: action,
      Version: API_VERSIONS[service],
      ContentType: "JSON",
    });
    const response = await fetch(this.url, { method: "POST", headers: this.headers(service), body });
    const text = await response.text();
    if (!response.ok) throw awsError(action, response.status, text);
    const answer = JSON.parse(text) as Record<string, Record<string, T>>;
    return answer[`${action}Response`]?.[`${action}Result`] as T;
  }

  /** The account is chosen outright; the signature only tells service and region, and is not checked. */
  private headers(service: string): Record<string, string> {
    const scope = `20200101/${REGIONS[this.partition]}/${service}/aws4_request`;
    return {
      "x-moto-account-id": this.account,
      authorization: `AWS4-HMAC-SHA256 Credential=unchecked/${scope}, SignedHeaders=host, Signature=unchecked`,
    };
  }
}

/** An action that moto does not have is answered with a page of HTML. */
function awsError(action: string, status: number, text: string): AwsError {
  if (!text.startsWith("{")) return new AwsError(`HTTP ${status}`, `moto does not answer ${action}`);
  const { Error: error } = JSON.parse(text) as { Error: { Code: string; Message: string } };
  return new AwsError(error.Code, `${action}: ${error.Message}`);
}
