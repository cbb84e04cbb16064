// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {HarmonyVault} from "../../src/HarmonyVault.sol";
import {PracticeUsdc} from "../../src/practice/PracticeUsdc.sol";
import {Trees} from "../support/Trees.sol";
import {vm, within} from "../support/Vm.sol";

/// @notice Four holders and an operator who keeps their balances, publishes, pays, and may fall silent for ever; and the
/// same people trying what they should not.
contract VaultActors {
    using Trees for Trees.Tree;

    HarmonyVault public immutable vault;
    PracticeUsdc public immutable usdc;
    address public immutable operator;
    address public immutable guardian;

    uint256[4] public balances;
    Trees.Tree private _tree;
    bool public refusedHonestly;

    constructor(HarmonyVault vault_, PracticeUsdc usdc_, address operator_, address guardian_) {
        (vault, usdc, operator, guardian) = (vault_, usdc_, operator_, guardian_);
    }

    function holder(uint256 which) public pure returns (address) {
        return address(uint160(0x401de40 + which % 4));
    }

    function leafOf(uint256 which) public view returns (IHarmonyVault.Leaf memory) {
        return Trees.leaf(_tree, which % 4);
    }

    function hasTree() public view returns (bool) {
        return _tree.accounts.length != 0;
    }

    function deposit(uint256 who, uint96 amount) external {
        _try(holder(who), abi.encodeCall(vault.deposit, (within(amount, 1, 1e12))));
    }

    /// @dev Everything an operator does between two epochs, at random: include, move, pay. All of it adds up, so an open
    /// vault must take it.
    function publish(uint256 include, uint256 from, uint256 to, uint256 moved, uint256 payee, uint256 paid) external {
        if (vault.closed()) return;
        uint256 publishedAt = vault.epoch().publishedAt;
        if (vm.getBlockTimestamp() < publishedAt + 60) vm.warp(publishedAt + 60);
        uint256[4] memory before = balances;
        uint256 included = within(include, vault.epoch().included, vault.depositCount());
        _credit(vault.epoch().included, included);
        uint256 part = within(moved, 0, balances[from % 4]);
        balances[from % 4] -= part;
        balances[to % 4] += part;
        uint256 payment = within(paid, 0, balances[payee % 4]);
        balances[payee % 4] -= payment;
        bytes32[] memory payments = new bytes32[](payment == 0 ? 0 : 1);
        if (payment != 0) payments[0] = bytes32(uint256(uint160(holder(payee))) << 96 | payment);
        Trees.Tree memory tree = _build();
        IHarmonyVault.Publication memory publication =
            IHarmonyVault.Publication(tree.root(), tree.total(), uint32(included));
        if (_try(operator, abi.encodeCall(vault.publish, (publication, payments)))) {
            _tree = tree;
        } else {
            balances = before;
            // The one refusal of honest figures: deposits were taken back that this epoch leaves out.
            if (included == vault.depositCount()) refusedHonestly = true;
        }
    }

    /// @dev An operator who takes what is nobody's withdrawal.
    function steal(uint256 who, uint96 amount) external {
        bytes32[] memory payments = new bytes32[](1);
        payments[0] = bytes32(uint256(uint160(operator)) << 96 | within(amount, 1, 1e12));
        Trees.Tree memory tree = _build();
        IHarmonyVault.Publication memory publication =
            IHarmonyVault.Publication(tree.root(), tree.total(), vault.epoch().included);
        _try(who % 2 == 0 ? operator : holder(who), abi.encodeCall(vault.publish, (publication, payments)));
    }

    function requestExit(uint256 who) external {
        _try(holder(who), abi.encodeCall(vault.requestExit, ()));
    }

    function exit(uint256 who, bool patient) external {
        if (!hasTree()) return;
        uint256 ripe = vault.exitRequestedAt(holder(who)) + vault.DELAY() + 1;
        uint256 last = uint256(vault.epoch().publishedAt) + vault.DELAY();
        if (patient && ripe > vm.getBlockTimestamp() && ripe <= last) vm.warp(ripe);
        if (_try(holder(who >> 2), abi.encodeCall(vault.exit, (vault.epoch().number, leafOf(who))))) {
            balances[who % 4] = 0;
        }
    }

    function exitWithMore(uint256 who, uint96 more) external {
        if (!hasTree()) return;
        IHarmonyVault.Leaf memory leaf = leafOf(who);
        leaf.amount += within(more, 1, 1e12);
        require(!_try(holder(who), abi.encodeCall(vault.exit, (vault.epoch().number, leaf))), "a forged leaf was paid");
    }

    function reclaim(uint256 number, bool patient) external {
        (address account,) = vault.deposits(number % (vault.depositCount() + 1));
        uint256 ripe = vault.exitRequestedAt(account) + vault.DELAY() + 1;
        uint256 last = uint256(vault.epoch().publishedAt) + vault.DELAY();
        if (patient && ripe > vm.getBlockTimestamp() && ripe <= last) vm.warp(ripe);
        _try(account, abi.encodeCall(vault.reclaim, (number % (vault.depositCount() + 1))));
    }

    function claim(uint256 who) external {
        _try(operator, abi.encodeCall(vault.claim, (holder(who))));
    }

    function deny(uint256 who, bool denied) external {
        denied ? usdc.blacklist(holder(who)) : usdc.unBlacklist(holder(who));
    }

    function pause(bool paused) external {
        _try(guardian, paused ? abi.encodeCall(vault.pause, ()) : abi.encodeCall(vault.unpause, ()));
    }

    function wait(uint32 span) external {
        vm.warp(vm.getBlockTimestamp() + span % (span % 7 == 0 ? 4 days : 6 hours));
    }

    function _credit(uint256 after_, uint256 upTo) private {
        for (uint256 number = after_ + 1; number <= upTo; ++number) {
            (address account, uint96 cumulative) = vault.deposits(number);
            (, uint96 before) = vault.deposits(number - 1);
            if (account != address(0)) balances[uint160(account) % 4] += cumulative - before;
        }
    }

    function _build() private view returns (Trees.Tree memory) {
        address[] memory accounts = new address[](4);
        uint256[] memory amounts = new uint256[](4);
        for (uint256 i = 0; i < 4; ++i) {
            (accounts[i], amounts[i]) = (holder(i), balances[i]);
        }
        return Trees.build(accounts, amounts);
    }

    function _try(address caller, bytes memory message) private returns (bool done) {
        vm.prank(caller);
        (done,) = address(vault).call(message);
    }
}
