import { Tracer } from '@aws-lambda-powertools/tracer';

/** Makes a client of AWS's tell X-Ray about each of its calls. */
export function tracedClients(service: string): <Client>(client: Client) => Client {
  const tracer = new Tracer({ serviceName: service, captureHTTPsRequests: false });
  return (client) => tracer.captureAWSv3Client(client);
}
