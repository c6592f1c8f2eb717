// One environment of Serverless. Nothing in it runs or bills by the hour while nobody uses it, but for what docs/azure.md lists under "What an idle environment costs".
// The scale sets of the pools are not here: the product makes them when work comes and deletes them when it is done.

targetScope = 'subscription'

@description('The environment\'s name; also the owner of its scale sets. Lower-case letters, digits and hyphens.')
@minLength(1)
@maxLength(24)
param environmentName string

@description('Azure\'s name of the region. It must have Flex Consumption: az functionapp list-flexconsumption-locations')
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('The pools: name, size or sizes, spot, maxNodes, idleSeconds; docs/mechanisms/scale-sets.md has all members. Machines come when work does.')
param pools array = [
  {
    name: 'cpu'
    size: 'Standard_D4s_v5'
    spot: false
    maxNodes: 4
    idleSeconds: 60
  }
  {
    name: 'cpu-spot'
    size: 'Standard_D4s_v5'
    spot: true
    maxNodes: 8
    idleSeconds: 60
  }
  {
    name: 'gpu'
    size: 'Standard_NC4as_T4_v3'
    spot: false
    maxNodes: 2
    idleSeconds: 120
  }
  {
    name: 'gpu-spot'
    size: 'Standard_NC4as_T4_v3'
    spot: true
    maxNodes: 4
    idleSeconds: 120
  }
]

@description('The image of the nodes: a resource id, or publisher:offer:sku:version. The default has NVIDIA\'s driver and runs without it as well.')
param nodeImage string = 'microsoft-dsvm:ubuntu-hpc:2204:latest'

@description('A public SSH key for the nodes\' administrator: Azure wants one. Nobody can reach the port.')
param nodeSshKey string

@description('The image of the training container, in the environment\'s registry.')
param trainingImage string = 'serverless/training:latest'

@description('The image that brings the nodes their agent, in the environment\'s registry.')
param agentImage string = 'serverless/agent:latest'

@description('What may be spent in a month, in the billing currency: the budget that warns, and the product\'s own limit that stops work.')
@minValue(1)
param monthlyBudget int = 200

@description('Who is told of the budget beside the subscription\'s owners; empty: nobody.')
param budgetEmail string = ''

@description('The first month of the budget; empty: this month. The first deployment\'s stays.')
param budgetStart string = ''

@description('This month: an expression that only a default may have.')
param thisMonth string = utcNow('yyyy-MM-01')

@description('The audience of the organisation\'s sign-in, when an administrator has made the app registration; empty: it is made here, which needs the right to.')
param audience string = ''

@description('Whether storage and vault, and bus and registry in Premium, answer in the virtual network alone.')
param privateEndpoints bool = false

@description('Whether nodes go out by a NAT gateway, which bills by the hour.')
param natGateway bool = false

@description('The network\'s addresses, a /16.')
param addressPrefix string = '10.20.0.0/16'

@description('The bus: Standard bills a base charge; Premium bills machines that stand.')
@allowed(['Standard', 'Premium'])
param serviceBusSku string = 'Standard'

@description('The registry: bills by the day.')
@allowed(['Basic', 'Standard', 'Premium'])
param registrySku string = 'Basic'

@description('How many copies of the data are kept where.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS'])
param dataSku string = 'Standard_LRS'

@description('Where workflow histories are: the app\'s Azure Storage, or Durable Task Scheduler.')
@allowed(['AzureStorage', 'Scheduler'])
param workflowBackend string = 'AzureStorage'

@description('Durable Task Scheduler: by action, or capacity that stands.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@description('Whether predictions run on serverless GPU.')
param gpuInference bool = false

@description('The image of the GPU inference app; empty: a placeholder until the first one is pushed.')
param gpuImage string = ''

@description('Most gigabytes of logs a day.')
@minValue(1)
param logCapGb int = 1

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = {
  'azd-env-name': environmentName
  product: 'serverless'
}
var controlName = 'func-control-${token}'
var inferenceName = 'func-inference-${token}'
var artifactContainer = 'artifacts'
var dropContainer = 'drop'
var taskHub = 'serverless'
var start = empty(budgetStart) ? thisMonth : budgetStart
var premiumBus = privateEndpoints && serviceBusSku == 'Premium'
var premiumRegistry = privateEndpoints && registrySku == 'Premium'
var useScheduler = workflowBackend == 'Scheduler'
var makesRegistration = empty(audience)

// The names of the pools as the host makes them: a pool with several sizes is one pool for each of them.
var poolNames = flatten(map(pools, pool => length(pool.?sizes ?? []) > 1
  ? map(pool.sizes, size => '${pool.name}-${replace(toLower(replace(size, 'Standard_', '')), '_', '-')}')
  : [pool.name]))

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

// What the control app calls to make, list and end machines, and nothing else of Microsoft.Compute.
resource nodeMaker 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, token, 'node-maker')
  properties: {
    roleName: 'Serverless node maker ${token}'
    description: 'Makes and ends the scale sets of nodes.'
    type: 'CustomRole'
    assignableScopes: [group.id]
    permissions: [
      {
        actions: [
          'Microsoft.Compute/virtualMachineScaleSets/read'
          'Microsoft.Compute/virtualMachineScaleSets/write'
          'Microsoft.Compute/virtualMachineScaleSets/delete'
          'Microsoft.Compute/virtualMachineScaleSets/delete/action'
          'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read'
          'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/instanceView/read'
          'Microsoft.Network/virtualNetworks/subnets/join/action'
        ]
      }
    ]
  }
}

// Long operations and quotas are addresses of the subscription; only reading is given there.
resource regionReader 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, token, 'region-reader')
  properties: {
    roleName: 'Serverless region reader ${token}'
    description: 'Reads the state of long operations, quotas and sizes.'
    type: 'CustomRole'
    assignableScopes: [subscription().id]
    permissions: [
      {
        actions: [
          'Microsoft.Compute/locations/operations/read'
          'Microsoft.Compute/locations/usages/read'
          'Microsoft.Compute/skus/read'
        ]
      }
    ]
  }
}

module identities 'modules/identities.bicep' = {
  name: 'identities'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
  }
}

module nodeRights 'modules/node-rights.bicep' = {
  name: 'node-rights'
  scope: group
  params: {
    roleDefinitionId: nodeMaker.id
    controlPrincipalId: identities.outputs.controlPrincipalId
  }
}

// Serverless region reader (our own), on the subscription.
resource readsRegion 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, token, 'reads-region')
  properties: {
    roleDefinitionId: regionReader.id // Serverless region reader
    principalId: identities.outputs.controlPrincipalId
    principalType: 'ServicePrincipal'
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    dailyCapGb: logCapGb
    senders: [identities.outputs.controlPrincipalId, identities.outputs.inferencePrincipalId]
  }
}

module network 'modules/network.bicep' = {
  name: 'network'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    addressPrefix: addressPrefix
    natGateway: natGateway
  }
}

module data 'modules/data.bicep' = {
  name: 'data'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    artifactContainer: artifactContainer
    dropContainer: dropContainer
    privateOnly: privateEndpoints
    sku: dataSku
    controlPrincipalId: identities.outputs.controlPrincipalId
    inferencePrincipalId: identities.outputs.inferencePrincipalId
  }
}

module messaging 'modules/messaging.bicep' = {
  name: 'messaging'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    sku: serviceBusSku
    privateOnly: premiumBus
    queues: concat([
      {
        name: 'uploads'
        ordered: false
      }
      {
        name: 'landings'
        ordered: false
      }
      {
        name: 'job-events'
        ordered: true
      }
    ], map(poolNames, name => { name: 'pool~${name}', ordered: false })) // Resource Manager writes ~ for the / in a queue's name
    uploadQueue: 'uploads'
    dataAccountName: data.outputs.name
    dropContainer: dropContainer
    controlPrincipalId: identities.outputs.controlPrincipalId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    privateOnly: privateEndpoints
    controlPrincipalId: identities.outputs.controlPrincipalId
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    sku: registrySku
    privateOnly: premiumRegistry
    pullers: [identities.outputs.nodePrincipalId, identities.outputs.inferencePrincipalId]
  }
}

module registration 'modules/sign-in.bicep' = if (makesRegistration) {
  name: 'sign-in'
  scope: group
  params: {
    token: token
    environmentName: environmentName
    nodePrincipalId: identities.outputs.nodePrincipalId
  }
}

module scheduler 'modules/scheduler.bicep' = if (useScheduler) {
  name: 'scheduler'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    sku: schedulerSku
    hubName: taskHub
    controlPrincipalId: identities.outputs.controlPrincipalId
  }
}

// What the Functions host reads by itself to keep workflows in Durable Task Scheduler instead of Azure Storage.
var schedulerSettings = useScheduler ? {
  AzureFunctionsJobHost__extensions__durableTask__hubName: taskHub
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler!.outputs.endpoint};Authentication=ManagedIdentity;ClientID=${identities.outputs.controlClientId}'
} : {}

// What the code reads; the names are those of Serverless.Core.Hosting.AzureSettings.
var controlSettings = {
  AZURE_CLIENT_ID: identities.outputs.controlClientId
  SERVERLESS_ENVIRONMENT: environmentName
  SERVERLESS_BLOB_ENDPOINT: data.outputs.blobEndpoint
  SERVERLESS_CONTAINER: artifactContainer
  SERVERLESS_DROP_CONTAINER: dropContainer
  SERVERLESS_TABLE_ENDPOINT: data.outputs.tableEndpoint
  SERVERLESS_SERVICE_BUS__fullyQualifiedNamespace: messaging.outputs.host
  SERVERLESS_SERVICE_BUS__credential: 'managedidentity'
  SERVERLESS_SERVICE_BUS__clientId: identities.outputs.controlClientId
  SERVERLESS_KEY_VAULT: vault.outputs.uri
  SERVERLESS_SUBSCRIPTION: subscription().subscriptionId
  SERVERLESS_RESOURCE_GROUP: group.name
  SERVERLESS_REGION: location
  SERVERLESS_API_URL: 'https://${controlName}.azurewebsites.net'
  SERVERLESS_INFERENCE_URL: gpuInference ? gpuApp!.outputs.url : inference.outputs.url
  SERVERLESS_NODE_SUBNET: network.outputs.nodeSubnetId
  SERVERLESS_NODE_IDENTITY: identities.outputs.nodeId
  SERVERLESS_NODE_PRINCIPAL: identities.outputs.nodePrincipalId
  SERVERLESS_NODE_CLIENT: identities.outputs.nodeClientId
  SERVERLESS_NODE_IMAGE: nodeImage
  SERVERLESS_NODE_SSH_KEY: nodeSshKey
  SERVERLESS_POOLS: string(pools)
  SERVERLESS_REGISTRY: registry.outputs.loginServer
  SERVERLESS_TRAINING_IMAGE: '${registry.outputs.loginServer}/${trainingImage}'
  SERVERLESS_AGENT_PACKAGE: '${registry.outputs.loginServer}/${agentImage}'
  SERVERLESS_MONTHLY_BUDGET: string(monthlyBudget)
  SERVERLESS_TENANT: tenant().tenantId
  SERVERLESS_AUDIENCE: makesRegistration ? registration!.outputs.audience : audience
  SERVERLESS_AUTHORITY: environment().authentication.loginEndpoint
  SERVERLESS_EASY_AUTH: 'false' // the product checks tokens itself; nothing stands before it whose header could be believed
}

var inferenceSettings = {
  AZURE_CLIENT_ID: identities.outputs.inferenceClientId
  SERVERLESS_ENVIRONMENT: environmentName
  SERVERLESS_BLOB_ENDPOINT: data.outputs.blobEndpoint
  SERVERLESS_CONTAINER: artifactContainer
  SERVERLESS_TABLE_ENDPOINT: data.outputs.tableEndpoint
  SERVERLESS_API_URL: 'https://${controlName}.azurewebsites.net'
  SERVERLESS_TENANT: tenant().tenantId
  SERVERLESS_AUDIENCE: makesRegistration ? registration!.outputs.audience : audience
  SERVERLESS_AUTHORITY: environment().authentication.loginEndpoint
  SERVERLESS_EASY_AUTH: 'false' // the product checks tokens itself; nothing stands before it whose header could be believed
  SERVERLESS_GPU: string(gpuInference)
}

module control 'modules/function-app.bicep' = {
  name: 'control'
  scope: group
  params: {
    name: controlName
    service: 'control'
    location: location
    tags: tags
    storageName: 'stctl${token}'
    identityId: identities.outputs.controlId
    identityClientId: identities.outputs.controlClientId
    identityPrincipalId: identities.outputs.controlPrincipalId
    settings: union(controlSettings, schedulerSettings)
    insightsConnectionString: monitoring.outputs.connectionString
    instanceMemoryMB: 2048
    maximumInstanceCount: 40
    subnetId: privateEndpoints ? network.outputs.appSubnetId : ''
    privateOnly: privateEndpoints
    dotnetVersion: '10.0'
    runsWorkflows: !useScheduler
  }
}

module inference 'modules/function-app.bicep' = {
  name: 'inference'
  scope: group
  params: {
    name: inferenceName
    service: 'inference'
    location: location
    tags: tags
    storageName: 'stinf${token}'
    identityId: identities.outputs.inferenceId
    identityClientId: identities.outputs.inferenceClientId
    identityPrincipalId: identities.outputs.inferencePrincipalId
    settings: inferenceSettings
    insightsConnectionString: monitoring.outputs.connectionString
    instanceMemoryMB: 2048
    maximumInstanceCount: 100
    subnetId: privateEndpoints ? network.outputs.inferenceSubnetId : ''
    privateOnly: privateEndpoints
    dotnetVersion: '10.0'
    runsWorkflows: false
  }
}

module gpuApp 'modules/gpu-app.bicep' = if (gpuInference) {
  name: 'gpu-inference'
  scope: group
  params: {
    name: 'ca-inference-${token}'
    location: location
    tags: tags
    image: empty(gpuImage) ? 'mcr.microsoft.com/k8se/quickstart-functions:latest' : '${registry.outputs.loginServer}/${gpuImage}'
    registryHost: registry.outputs.loginServer
    identityId: identities.outputs.inferenceId
    settings: union(inferenceSettings, {
      AzureWebJobsStorage__accountName: 'stinf${token}'
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identities.outputs.inferenceClientId
      FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identities.outputs.inferenceClientId};Authorization=AAD'
    })
    profile: 'Consumption-GPU-NC8as-T4'
    cpus: 8
    memory: '56Gi'
    maxReplicas: 2
    workspaceId: monitoring.outputs.workspaceId
    subnetId: privateEndpoints ? network.outputs.gpuSubnetId : ''
  }
  dependsOn: [inference]
}

module budget 'modules/budget.bicep' = {
  name: 'budget'
  scope: group
  params: {
    amount: monthlyBudget
    startDate: start
    email: budgetEmail
  }
}

module inside 'modules/private-endpoints.bicep' = if (privateEndpoints) {
  name: 'private-endpoints'
  scope: group
  params: {
    location: location
    tags: tags
    subnetId: network.outputs.endpointSubnetId
    networkId: network.outputs.id
    dataId: data.outputs.id
    controlStorageId: control.outputs.storageId
    inferenceStorageId: inference.outputs.storageId
    vaultId: vault.outputs.id
    busId: premiumBus ? messaging.outputs.id : ''
    registryId: premiumRegistry ? registry.outputs.id : ''
  }
}

@description('Azure\'s name of the region; azd reads it.')
output AZURE_LOCATION string = location

@description('The resource group; azd reads it.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The registry\'s host name; azd and the hooks read it.')
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.loginServer

@description('The registry\'s name; the hooks read it.')
output SERVERLESS_REGISTRY_NAME string = registry.outputs.name

@description('The address of the API: what SERVERLESS_URL is for the command line.')
output SERVERLESS_URL string = control.outputs.url

@description('The address of predictions.')
output SERVERLESS_INFERENCE_URL string = gpuInference ? gpuApp!.outputs.url : inference.outputs.url

@description('The data account\'s name; the hooks read it.')
output SERVERLESS_DATA_ACCOUNT string = data.outputs.name

@description('For what tokens are asked.')
output SERVERLESS_TOKEN_ADDRESS string = makesRegistration ? registration!.outputs.address : audience

@description('The first month of the budget, so that later deployments keep it.')
output SERVERLESS_BUDGET_START string = start
