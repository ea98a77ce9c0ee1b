/**
 * Writes ONNX models as bytes: just enough of the format for the trainer to hand single operations to onnxruntime, and for a whole
 * network to be exported. Field numbers are those of onnx.proto (ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto).
 */
import { concatBytes } from './bytes.ts';
import { integer, message, text } from './protobuf.ts';

export type Attribute = number | string | readonly number[];

/** Integers (shapes, axes, paddings) as a list; a floating-point scalar as a number; float32 elements in C order with their shape. */
export type Constant = readonly number[] | number | { shape: readonly number[]; data: Float32Array };

/** The length of an axis; a name for one that is only known at run time. */
export type Axis = number | string;

export interface GraphNode {
  op: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes?: Readonly<Record<string, Attribute>>;
  /** Operator set other than ONNX's own. */
  domain?: 'com.microsoft';
}

/** `Length` is number where every shape is fixed, {@link Axis} where some are only known at run time. */
export interface GraphSpec<Length extends Axis = number> {
  nodes: readonly GraphNode[];
  constants?: Readonly<Record<string, Constant>>;
  /** Shapes of the float32 inputs and outputs by name. */
  inputs: Readonly<Record<string, readonly Length[]>>;
  outputs: Readonly<Record<string, readonly Length[]>>;
}

/** What a model file says about itself, beside what it computes. */
export interface OnnxDescription {
  text: string;
  properties: Readonly<Record<string, string>>;
}

/** TensorProto.DataType and AttributeProto.AttributeType. */
const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_INTS = 7;
const PRODUCER = 'plumbline';
const IR_VERSION = 9;
const OPSET = 17;

/** Encodes a graph as an ONNX model file. */
export function encodeOnnx(graph: GraphSpec<Axis>, description: OnnxDescription = { text: '', properties: {} }): Uint8Array {
  const body = concatBytes([
    ...graph.nodes.map((node) => message(1, encodeNode(node))),
    text(2, 'graph'),
    ...Object.entries(graph.constants ?? {}).map(([name, values]) => message(5, encodeConstant(name, values))),
    ...Object.entries(graph.inputs).map(([name, shape]) => message(11, encodeValue(name, shape))),
    ...Object.entries(graph.outputs).map(([name, shape]) => message(12, encodeValue(name, shape))),
  ]);
  const opset = (domain: string, version: number) => message(8, concatBytes([text(1, domain), integer(2, version)]));
  // Only where it is used: other runtimes than onnxruntime don't know it.
  const contributed = graph.nodes.some(({ domain }) => domain === 'com.microsoft');
  const properties = Object.entries(description.properties).map(([key, value]) =>
    message(14, concatBytes([text(1, key), text(2, value)])),
  );
  return concatBytes([
    integer(1, IR_VERSION),
    text(2, PRODUCER),
    text(6, description.text),
    message(7, body),
    opset('', OPSET),
    ...(contributed ? [opset('com.microsoft', 1)] : []),
    ...properties,
  ]);
}

function encodeNode({ op, inputs, outputs, attributes = {}, domain }: GraphNode): Uint8Array {
  return concatBytes([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => message(5, encodeAttribute(name, value))),
    ...(domain ? [text(7, domain)] : []),
  ]);
}

function encodeAttribute(name: string, value: Attribute): Uint8Array {
  if (typeof value === 'number') return concatBytes([text(1, name), integer(3, value), integer(20, ATTRIBUTE_INT)]);
  if (typeof value === 'string') return concatBytes([text(1, name), text(4, value), integer(20, ATTRIBUTE_STRING)]);
  return concatBytes([text(1, name), ...value.map((item) => integer(8, item)), integer(20, ATTRIBUTE_INTS)]);
}

function encodeConstant(name: string, value: Constant): Uint8Array {
  if (typeof value === 'number') return encodeTensor(name, FLOAT, [], Float32Array.of(value));
  if ('shape' in value) return encodeTensor(name, FLOAT, value.shape, value.data);
  return encodeTensor(name, INT64, [value.length], BigInt64Array.from(value, BigInt));
}

/** Elements as they lie in memory: little-endian, as the format asks for and every machine this runs on has them. */
function encodeTensor(name: string, type: number, shape: readonly number[], data: Float32Array | BigInt64Array): Uint8Array {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return concatBytes([...shape.map((size) => integer(1, size)), integer(2, type), text(8, name), message(9, raw)]);
}

function encodeValue(name: string, shape: readonly Axis[]): Uint8Array {
  const dimensions = concatBytes(shape.map((axis) => message(1, typeof axis === 'number' ? integer(1, axis) : text(2, axis))));
  return concatBytes([text(1, name), message(2, message(1, concatBytes([integer(1, FLOAT), message(2, dimensions)])))]);
}
