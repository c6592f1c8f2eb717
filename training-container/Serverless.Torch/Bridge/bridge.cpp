// Switches libtorch's tracing on around a forward call and hands the recorded graph over as JSON (RecordedGraph, version 1).
// One binary for each minor version of libtorch: the classes below are inlined. Nothing here decides; C# lowers the graph.
// Every function catches what C++ throws: null or -1 then, and the text is in serverless_bridge_error.
#include <ATen/ATen.h>
#include <ATen/Version.h>
#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/api/include/torch/version.h>

#include <cmath>
#include <cstring>
#include <sstream>
#include <unordered_map>

#if defined(_WIN32)
#define BRIDGE extern "C" __declspec(dllexport)
#else
#define BRIDGE extern "C" __attribute__((visibility("default")))
#endif

namespace {
using namespace torch::jit;
// Called before each operator runs, with its name: where in the caller's source it is (UTF-8, freed by nobody, read at once), or null.
using Place = const char* (*)(const char* operation);

struct Recording {
  std::shared_ptr<tracer::TracingState> state = std::make_shared<tracer::TracingState>();
  Place place = nullptr;
  std::unordered_map<const Node*, std::string> places;
  std::vector<std::string> roles;
  std::vector<at::Tensor> blobs;
  std::string json;
};

thread_local Recording* current = nullptr;
thread_local std::string error;

template <typename T, typename F>
T guarded(T failed, F body) {
  try {
    error.clear();
    return body();
  } catch (const c10::Error& e) {
    error = e.what_without_backtrace();
  } catch (const std::exception& e) {
    error = e.what();
  } catch (...) {
    error = "libtorch threw something that is no std::exception";
  }
  return failed;
}

void located(Node* node) {
  if (current == nullptr || current->place == nullptr) return;
  if (const char* place = current->place(node->kind().toQualString())) current->places[node] = place;
}

void text(std::ostream& out, const std::string& value) {
  out << '"';
  for (unsigned char c : value) {
    if (c == '"' || c == '\\') out << '\\' << c;
    else if (c < 0x20) out << "\\u00" << "0123456789abcdef"[c >> 4] << "0123456789abcdef"[c & 15];
    else out << c;
  }
  out << '"';
}

template <typename T, typename F>
void list(std::ostream& out, const T& values, F each) {
  out << '[';
  bool first = true;
  for (const auto& value : values) {
    if (!first) out << ',';
    first = false;
    each(value);
  }
  out << ']';
}

const char* named(at::ScalarType type) {
  switch (type) {
    case at::kFloat: return "float32";
    case at::kDouble: return "float64";
    case at::kHalf: return "float16";
    case at::kBFloat16: return "bfloat16";
    case at::kLong: return "int64";
    case at::kInt: return "int32";
    case at::kShort: return "int16";
    case at::kChar: return "int8";
    case at::kByte: return "uint8";
    case at::kBool: return "bool";
    default: return toString(type);  // found where the type is: its namespace moved in 2.10
  }
}

template <typename S>
void tensor(std::ostream& out, at::ScalarType type, const S& shape) {
  out << "\"dtype\":\"" << named(type) << "\",\"shape\":";
  list(out, shape, [&](int64_t size) { out << size; });
}

void typed(std::ostream& out, const Value* value) {
  const auto& type = value->type();
  if (auto known = type->cast<c10::TensorType>()) {
    auto sizes = known->sizes().concrete_sizes();
    if (known->scalarType() && sizes) {
      out << '{';
      tensor(out, *known->scalarType(), *sizes);
      out << '}';
      return;
    }
  }
  const char* kind = "other";
  switch (type->kind()) {
    case c10::TypeKind::IntType: kind = "int"; break;
    case c10::TypeKind::FloatType: kind = "float"; break;
    case c10::TypeKind::BoolType: kind = "bool"; break;
    case c10::TypeKind::StringType: kind = "string"; break;
    case c10::TypeKind::NoneType: kind = "none"; break;
    case c10::TypeKind::ListType: kind = "list"; break;
    case c10::TypeKind::TupleType: kind = "tuple"; break;
    case c10::TypeKind::DeviceObjType: kind = "device"; break;
    default: break;
  }
  out << "{\"kind\":\"" << kind << "\"}";
}

void number(std::ostream& out, double value) {
  if (std::isnan(value)) out << "\"nan\"";
  else if (std::isinf(value)) out << (value > 0 ? "\"inf\"" : "\"-inf\"");
  else out << value;
}

void constant(std::ostream& out, Recording& recording, const c10::IValue& value) {
  if (value.isNone()) out << "{\"none\":true}";
  else if (value.isBool()) out << "{\"bool\":" << (value.toBool() ? "true" : "false") << '}';
  else if (value.isInt()) out << "{\"int\":" << value.toInt() << '}';
  else if (value.isDouble()) { out << "{\"float\":"; number(out, value.toDouble()); out << '}'; }
  else if (value.isString()) { out << "{\"string\":"; text(out, value.toStringRef()); out << '}'; }
  else if (value.isDevice()) { out << "{\"string\":"; text(out, value.toDevice().str()); out << '}'; }
  else if (value.isIntList()) { out << "{\"ints\":"; list(out, value.toIntVector(), [&](int64_t each) { out << each; }); out << '}'; }
  else if (value.isDoubleList()) { out << "{\"floats\":"; list(out, value.toDoubleVector(), [&](double each) { number(out, each); }); out << '}'; }
  else if (value.isBoolList()) { out << "{\"bools\":"; list(out, value.toBoolList().vec(), [&](bool each) { out << (each ? "true" : "false"); }); out << '}'; }
  else if (value.isTensor() && value.toTensor().defined()) {
    const auto& data = value.toTensor();
    out << "{\"tensor\":{";
    tensor(out, data.scalar_type(), data.sizes());
    out << ",\"blob\":" << recording.blobs.size() << "}}";
    recording.blobs.push_back(data);
  }
  else { out << "{\"string\":"; text(out, value.tagKind()); out << "}"; }
}

void node(std::ostream& out, Recording& recording, const Node* each) {
  out << "{\"op\":";
  text(out, each->kind().toQualString());
  out << ",\"in\":";
  list(out, each->inputs(), [&](const Value* value) { out << value->unique(); });
  out << ",\"out\":";
  list(out, each->outputs(), [&](const Value* value) { out << "{\"id\":" << value->unique() << ",\"type\":"; typed(out, value); out << '}'; });
  if (each->kind() == prim::Constant) {
    out << ",\"value\":";
    auto value = toIValue(each->output());
    constant(out, recording, value ? *value : c10::IValue());
  }
  auto place = recording.places.find(each);
  if (place != recording.places.end()) { out << ",\"place\":"; text(out, place->second); }
  out << '}';
}

std::string loaded() {
  std::string shown = at::show_config(), key = "TORCH_VERSION=";
  auto from = shown.find(key);
  if (from == std::string::npos) return "";
  from += key.size();
  return shown.substr(from, shown.find_first_of(", \n", from) - from);
}
}  // namespace

BRIDGE const char* serverless_bridge_error() { return error.c_str(); }
BRIDGE const char* serverless_bridge_built_for() { return TORCH_VERSION; }
BRIDGE const char* serverless_bridge_loaded() {
  thread_local std::string version;
  return guarded<const char*>(nullptr, [] { version = loaded(); return version.c_str(); });
}

// Tracing starts on this thread. A tensor that is given twice (a shared weight) stays the input that it was first.
BRIDGE void* serverless_bridge_begin(int count, at::Tensor** tensors, const char** names, const char** roles, Place place) {
  return guarded<void*>(nullptr, [&]() -> void* {
    if (tracer::isTracing()) throw std::runtime_error("this thread is being traced already");
    auto recording = std::make_unique<Recording>();
    recording->place = place;
    recording->state->warn = false;
    recording->state->force_outplace = false;  // true exports an assignment to a slice wrongly, without a word
    for (int i = 0; i < count; i++) {
      if (recording->state->hasValue(*tensors[i])) continue;
      auto* value = recording->state->graph->addInput(names[i]);
      value->inferTypeFrom(*tensors[i]);
      recording->state->setValue(*tensors[i], value);
      recording->roles.push_back(std::string(roles[i]) + '\n' + names[i]);
      recording->blobs.push_back(std::strcmp(roles[i], "input") == 0 ? at::Tensor() : *tensors[i]);
    }
    tracer::setRecordSourceLocation(located);
    current = recording.get();
    tracer::setTracingState(recording->state);
    return recording.release();
  });
}

BRIDGE int serverless_bridge_pause(void*) {
  return guarded(-1, [] { tracer::setTracingState(nullptr); return 0; });
}

BRIDGE int serverless_bridge_resume(void* handle) {
  return guarded(-1, [&] { tracer::setTracingState(static_cast<Recording*>(handle)->state); return 0; });
}

// 1: the tensor came out of this recording or went into it; 0: it did not (another thread made it, or nothing that was recorded).
BRIDGE int serverless_bridge_is_traced(void* handle, at::Tensor* tensor) {
  return guarded(-1, [&] { return static_cast<Recording*>(handle)->state->hasValue(*tensor) ? 1 : 0; });
}

// Tracing ends on this thread, whatever comes; the graph is written with these outputs.
BRIDGE const char* serverless_bridge_end(void* handle, int count, at::Tensor** outputs, const char** names) {
  auto* result = guarded<const char*>(nullptr, [&] {
    auto& recording = *static_cast<Recording*>(handle);
    auto& graph = *recording.state->graph;
    tracer::setTracingState(recording.state);  // an operator that threw has left it off, and getValue looks there
    std::vector<Value*> results;
    for (int i = 0; i < count; i++) {
      if (!recording.state->hasValue(*outputs[i])) throw std::runtime_error(std::string("the output '") + names[i] + "' was not made by what was recorded");
      results.push_back(recording.state->getValue(*outputs[i]));
    }
    tracer::setTracingState(nullptr);
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out.precision(17);
    out << "{\"version\":1,\"torch\":";
    text(out, loaded());
    out << ",\"inputs\":";
    size_t k = 0;
    list(out, graph.inputs(), [&](const Value* value) {
      auto split = recording.roles[k].find('\n');
      out << "{\"id\":" << value->unique() << ",\"name\":";
      text(out, recording.roles[k].substr(split + 1));
      out << ",\"role\":";
      text(out, recording.roles[k].substr(0, split));
      out << ",\"type\":";
      typed(out, value);
      if (recording.blobs[k].defined()) out << ",\"blob\":" << k;
      out << '}';
      k++;
    });
    out << ",\"nodes\":";
    list(out, graph.nodes(), [&](const Node* each) { node(out, recording, each); });
    out << ",\"outputs\":";
    k = 0;
    list(out, results, [&](const Value* value) { out << "{\"id\":" << value->unique() << ",\"name\":"; text(out, names[k++]); out << '}'; });
    out << '}';
    recording.json = out.str();
    return recording.json.c_str();
  });
  tracer::setTracingState(nullptr);
  current = nullptr;
  return result;
}

// Blob k of the graph: a weight, a buffer or a constant, as row-major bytes. With no target: its size.
BRIDGE int64_t serverless_bridge_blob(void* handle, int k, void* target, int64_t capacity) {
  return guarded<int64_t>(-1, [&]() -> int64_t {
    const auto& blob = static_cast<Recording*>(handle)->blobs.at(k);
    if (!blob.defined()) return 0;
    auto bytes = static_cast<int64_t>(blob.numel()) * static_cast<int64_t>(blob.element_size());
    if (target == nullptr) return bytes;
    if (capacity < bytes) throw std::runtime_error("the buffer is too small");
    auto plain = blob.detach().to(at::kCPU).contiguous();
    std::memcpy(target, plain.data_ptr(), static_cast<size_t>(bytes));
    return bytes;
  });
}

BRIDGE int serverless_bridge_blobs(void* handle) { return static_cast<int>(static_cast<Recording*>(handle)->blobs.size()); }

BRIDGE void serverless_bridge_free(void* handle) {
  auto* recording = static_cast<Recording*>(handle);
  if (current == recording) {
    tracer::setTracingState(nullptr);
    current = nullptr;
  }
  delete recording;
}
