/**
 * Writes small ONNX models as bytes: just enough of the protobuf encoding to hand single operations to onnxruntime.
 * Field numbers are those of onnx.proto (ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto).
 */

export type Attribute = number | string | readonly number[];

/** Integers (shapes, axes, paddings) as a list; a floating-point scalar as a number. */
export type Constant = readonly number[] | number;

export interface GraphNode {
  op: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes?: Readonly<Record<string, Attribute>>;
  /** Operator set other than ONNX's own. */
  domain?: 'com.microsoft';
}

export interface GraphSpec {
  nodes: readonly GraphNode[];
  constants?: Readonly<Record<string, Constant>>;
  /** Shapes of the float32 inputs and outputs by name. */
  inputs: Readonly<Record<string, readonly number[]>>;
  outputs: Readonly<Record<string, readonly number[]>>;
}

const FLOAT = 1;
const INT64 = 7;
const IR_VERSION = 9;
const OPSET = 17;

/** Encodes a graph as an ONNX model file. */
export function encodeOnnx(graph: GraphSpec): Uint8Array {
  const body = concat([
    ...graph.nodes.map((node) => message(1, encodeNode(node))),
    text(2, 'graph'),
    ...Object.entries(graph.constants ?? {}).map(([name, values]) => message(5, encodeConstant(name, values))),
    ...Object.entries(graph.inputs).map(([name, shape]) => message(11, encodeValue(name, shape))),
    ...Object.entries(graph.outputs).map(([name, shape]) => message(12, encodeValue(name, shape))),
  ]);
  const opset = (domain: string, version: number) => message(8, concat([text(1, domain), integer(2, version)]));
  return concat([integer(1, IR_VERSION), opset('', OPSET), opset('com.microsoft', 1), message(7, body)]);
}

function encodeNode({ op, inputs, outputs, attributes = {}, domain }: GraphNode): Uint8Array {
  return concat([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => message(5, encodeAttribute(name, value))),
    ...(domain ? [text(7, domain)] : []),
  ]);
}

function encodeAttribute(name: string, value: Attribute): Uint8Array {
  if (typeof value === 'number') return concat([text(1, name), integer(3, value), integer(20, 2)]);
  if (typeof value === 'string') return concat([text(1, name), text(4, value), integer(20, 3)]);
  return concat([text(1, name), ...value.map((item) => integer(8, item)), integer(20, 7)]);
}

function encodeConstant(name: string, values: Constant): Uint8Array {
  if (typeof values === 'number') {
    return concat([integer(2, FLOAT), text(8, name), message(9, new Uint8Array(Float32Array.of(values).buffer))]);
  }
  const raw = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return concat([integer(1, values.length), integer(2, INT64), text(8, name), message(9, raw)]);
}

function encodeValue(name: string, shape: readonly number[]): Uint8Array {
  const dimensions = concat(shape.map((size) => message(1, integer(1, size))));
  return concat([text(1, name), message(2, message(1, concat([integer(1, FLOAT), message(2, dimensions)])))]);
}

function integer(field: number, value: number): Uint8Array {
  return concat([varint(field << 3), varint(value)]);
}

function text(field: number, value: string): Uint8Array {
  return message(field, new TextEncoder().encode(value));
}

function message(field: number, bytes: Uint8Array): Uint8Array {
  return concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

/** Base-128 varint; negative numbers in two's complement over 64 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
