"""A GraphQL server on loopback: graphql-core, the reference implementation's port, over HTTP. GET /requests says what it was asked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from graphql import build_schema, graphql_sync

SCHEMA = build_schema(
    """
    type Query {
      hero(id: ID!): Person
      allPeople(first: Int = 3): PeopleConnection!
      echo(text: String, count: Int, ratio: Float, flag: Boolean, list: [Int!], filter: Filter): String!
      operations: Int!
      tenant: String
      fails: String
    }
    type Mutation { rename(id: ID!, name: String!): Person }
    interface Named { name: String! }
    type Person implements Named { id: ID!  name: String!  friends(first: Int): [Person!]!  vehicleConnection(first: Int): VehicleConnection! }
    type PeopleConnection { people: [Person!]! }
    type VehicleConnection { vehicles: [Vehicle!]! }
    type Vehicle implements Named { id: ID!  name: String!  cargoCapacity: Int }
    input Filter { name: String  tags: [String!] }
    """
)

operations = 0
requests = []
names = {str(number): f"person {number}" for number in range(10)}
gate = threading.Lock()


def person(number):
    return {
        "id": number,
        "name": names[number],
        "friends": lambda info, first=1: [person(str(i)) for i in range(min(first or 1, 3))],
        "vehicleConnection": lambda info, first=1: {
            "vehicles": [{"id": str(i), "name": f"vehicle {i}", "cargoCapacity": i} for i in range(min(first or 1, 3))]
        },
    }


class Root:
    def __init__(self, headers):
        self._headers = headers

    def hero(self, info, id):
        return person(id) if id in names else None

    def allPeople(self, info, first):
        return {"people": [person(str(i)) for i in range(min(first, 3))]}

    def echo(self, info, **arguments):
        return json.dumps(arguments, sort_keys=True)

    def operations(self, info):
        return operations

    def tenant(self, info):
        return self._headers.get("tenant")

    def fails(self, info):
        raise ValueError("it fails")

    def rename(self, info, id, name):
        names[id] = name
        return person(id)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        if self.path == "/requests":
            with gate:
                self.send(200, requests)
            return
        self.answer({name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()})

    def do_POST(self):
        self.answer(json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0)))))

    def answer(self, asked):
        global operations
        with gate:
            requests.append({"method": self.command, "path": self.path, "headers": dict(self.headers), "asked": asked})
        if urlsplit(self.path).path != "/graphql":
            self.send(404, {"error": "not found"})
            return
        with gate:
            batch = asked if isinstance(asked, list) else [asked]
            results = []
            for call in batch:
                operations += 1
                variables = call.get("variables")
                result = graphql_sync(
                    SCHEMA,
                    call["query"],
                    Root(self.headers),
                    variable_values=json.loads(variables) if isinstance(variables, str) else variables,
                    operation_name=call.get("operationName"),
                )
                results.append(result.formatted)
        self.send(200, results if isinstance(asked, list) else results[0])

    def send(self, status, body):
        payload = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_):
        pass


ThreadingHTTPServer.request_queue_size = 128
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"listening {server.server_port}", flush=True)
server.serve_forever()
