// The least that Node can do: one SNS event from the Runtime API to a Slack webhook, then the answer.
const http = require('http')
const https = require('https')
const api = process.env.AWS_LAMBDA_RUNTIME_API
const webhook = process.env.SLACK_WEBHOOK

const call = (url, method, body) => new Promise((resolve, reject) => {
  const request = (url.startsWith('https') ? https : http).request(url, { method, headers: { 'content-type': 'application/json' } }, response => {
    const parts = []
    response.on('data', part => parts.push(part))
    response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(parts).toString() }))
  })
  request.on('error', reject)
  request.end(body)
})

const main = async () => {
  const next = await call(`http://${api}/2018-06-01/runtime/invocation/next`, 'GET')
  const { Subject, Message } = JSON.parse(next.body).Records[0].Sns
  const text = `${Subject}: ${JSON.parse(Message)['Event Message']}`
  await call(webhook, 'POST', JSON.stringify({ text }))
  await call(`http://${api}/2018-06-01/runtime/invocation/${next.headers['lambda-runtime-aws-request-id']}/response`, 'POST', '{}')
}
main()
